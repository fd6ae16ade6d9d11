import { makeFolders } from '../folders.ts';
import { diskFault } from './fault.ts';

/** Makes a directory of ours, with those above it. @throws LocalError */
export function makeDirectory(directory: string): void {
  try {
    makeFolders(directory);
  } catch (error) {
    throw diskFault(error, 'make', directory);
  }
}
