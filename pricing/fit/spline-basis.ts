// Cubic spline bases as columns of numbers. `natural`: truncated powers restricted to a straight line outside of the boundary
// (Hastie, Tibshirani and Friedman 2009, equation 5.4). `b`: B-splines by the recursion of de Boor, level outside of the boundary,
// the first left out because the model has an intercept.

const degree = 3

interface Spline {
  readonly basis: 'natural' | 'b'
  readonly knots: readonly number[]
  readonly boundary: readonly [number, number]
}

/** The value of every column at x. */
export function splineAt(spline: Spline, x: number): readonly number[] {
  return spline.basis === 'natural' ? naturalAt(spline, x) : bSplineAt(spline, x)
}

function naturalAt({ knots, boundary }: Spline, x: number): readonly number[] {
  const [from, to] = boundary
  // In units of the boundary, so that the cubes stay small.
  const scale = to - from
  const at = (x - from) / scale
  const places = [0, ...knots.map((knot) => (knot - from) / scale), 1]
  const cube = (place: number): number => Math.max(0, at - place) ** 3
  const d = (place: number): number => (cube(place) - cube(1)) / (1 - place)
  const beforeLast = places[places.length - 2] ?? 0
  return [at, ...places.slice(0, -2).map((place) => d(place) - d(beforeLast))]
}

function bSplineAt({ knots, boundary }: Spline, x: number): readonly number[] {
  const [from, to] = boundary
  const at = Math.min(to, Math.max(from, x))
  const padded = [...Array<number>(degree + 1).fill(from), ...knots, ...Array<number>(degree + 1).fill(to)]
  const place = (index: number): number => padded[index] ?? to
  const last = padded.length - degree - 2
  let values = padded.slice(0, -1).map((knot, index): number => {
    const next = place(index + 1)
    // The boundary on the right belongs to the last span.
    return (at >= knot && at < next) || (at === to && index === last) ? 1 : 0
  })
  for (let order = 1; order <= degree; order++) {
    values = values.slice(0, -1).map((value, index) => {
      const left = place(index + order) - place(index)
      const right = place(index + order + 1) - place(index + 1)
      const rising = left > 0 ? ((at - place(index)) / left) * value : 0
      const falling = right > 0 ? ((place(index + order + 1) - at) / right) * (values[index + 1] ?? 0) : 0
      return rising + falling
    })
  }
  return values.slice(1)
}
