/** Exact arithmetic: whole cents, whole minutes, and one rounding, half up, of an exact fraction. */

/** `numerator / denominator` to the nearest whole number, halves up. Both whole and below 2^52, the denominator positive. */
export function halfUp(numerator: number, denominator: number): number {
  const twice = 2 * numerator + denominator;
  const by = 2 * denominator;
  const rest = ((twice % by) + by) % by;
  return (twice - rest) / by;
}

/** Cents as the number of whole units that JSON shows, such as 6049.35. */
export const units = (cents: number): number => cents / 100;

/** Minutes as hours with two decimals: 10,801 minutes are 180.02. */
export const hours = (minutes: number): number => halfUp(minutes * 100, 60) / 100;
