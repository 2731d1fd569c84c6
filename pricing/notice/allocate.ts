// Turns exact parts into whole cents that sum to a given total: the largest remainder.

/** Floating-point noise below a millionth of a cent must not decide who gets a cent. */
const grain = 1_000_000

/**
 * Every part is cut towards zero; the cents that are then missing go, one each, to the parts from which most was cut in the
 * direction that is missing, of equal ones to the first by name.
 * @param restId takes what the parts miss of the total before they are cut
 */
export function allocate(parts: ReadonlyMap<string, number>, totalMinor: number, restId: string): ReadonlyMap<string, number> {
  const sum = [...parts.values()].reduce((whole, part) => whole + part, 0)
  const complete = new Map(parts)
  complete.set(restId, (complete.get(restId) ?? 0) + totalMinor - sum)
  const cut = [...complete]
    .toSorted(([one], [other]) => (one < other ? -1 : 1))
    .map(([id, exact]) => {
      const grains = Math.round(exact * grain)
      const whole = Math.trunc(grains / grain)
      return { id, whole, rest: grains - whole * grain }
    })
  const missing = totalMinor - cut.reduce((whole, part) => whole + part.whole, 0)
  const direction = Math.sign(missing)
  const next = cut.toSorted((one, other) => (other.rest - one.rest) * direction).slice(0, Math.abs(missing))
  const raised = new Set(next.map(({ id }) => id))
  const cents = new Map(cut.map(({ id, whole }) => [id, whole + (raised.has(id) ? direction : 0) + 0]))
  if (cents.get(restId) === 0) cents.delete(restId)
  return cents
}
