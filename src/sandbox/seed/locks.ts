/** The five doors. */

import { DAY, timestamp } from '../calendar.ts';
import type { SandboxConfig } from '../config.ts';

interface Door {
  readonly id: string;
  readonly name: string;
  readonly location: string;
  readonly battery: number;
  /** Records of a lock without a gateway are uploaded by someone's phone, hours later. */
  readonly gateway: boolean;
  readonly online: boolean;
}

export const DOORS: readonly Door[] = [
  {
    id: 'lock_789',
    name: 'Front Door',
    location: 'Headquarters, ground floor',
    battery: 87,
    gateway: true,
    online: true,
  },
  {
    id: 'lock_790',
    name: 'Back Door',
    location: 'Headquarters, courtyard',
    battery: 64,
    gateway: true,
    online: true,
  },
  { id: 'lock_791', name: 'Warehouse', location: 'Dock 2', battery: 41, gateway: false, online: false },
  { id: 'lock_792', name: 'Workshop', location: 'Building B', battery: 73, gateway: true, online: true },
  { id: 'lock_793', name: 'Garage', location: 'Basement', battery: 12, gateway: false, online: false },
];

/** Which door each of twenty comes by. */
const DOOR_OF = [0, 0, 1, 0, 2, 0, 3, 0, 1, 0, 2, 0, 0, 4, 1, 0, 3, 0, 2, 0] as const;

export const doorById = (id: string): Door | undefined => DOORS.find((door) => door.id === id);

/** The ID of the door that a class of employees comes by. */
export const doorOf = (klass: number): string => DOORS[DOOR_OF[klass % DOOR_OF.length] ?? 0]?.id ?? '';

/** A lock as the API shows it. */
export function lockRow(config: SandboxConfig, door: Door, now: number): Record<string, unknown> {
  // One without a gateway was last heard of when a phone came by, on the evening before the sandbox was made.
  const seen = door.online ? now - (now % 60_000) : config.epoch - (config.epoch % DAY) - 3_600_000;
  return {
    id: door.id,
    name: door.name,
    location: door.location,
    status: door.online ? 'online' : 'offline',
    battery_level: door.battery,
    has_gateway: door.gateway,
    last_seen_at: timestamp(seen),
    created_at: '2024-01-15T10:45:00Z',
  };
}
