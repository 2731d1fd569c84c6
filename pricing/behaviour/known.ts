// A value that says something: neither absent nor NaN or infinite, which no message can carry but arithmetic can.

export function known(value: number | undefined): number | undefined {
  return value === undefined || !Number.isFinite(value) ? undefined : value
}
