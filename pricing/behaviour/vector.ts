// Vectors of three components, as accelerometers and gyroscopes give them.

export type Vector = readonly [number, number, number]

export function dot(one: Vector, other: Vector): number {
  return one[0] * other[0] + one[1] * other[1] + one[2] * other[2]
}

export function cross(one: Vector, other: Vector): Vector {
  return [one[1] * other[2] - one[2] * other[1], one[2] * other[0] - one[0] * other[2], one[0] * other[1] - one[1] * other[0]]
}

export function lengthOf(vector: Vector): number {
  return Math.sqrt(dot(vector, vector))
}

export function scaled(vector: Vector, factor: number): Vector {
  return [vector[0] * factor, vector[1] * factor, vector[2] * factor]
}

export function plus(one: Vector, other: Vector): Vector {
  return [one[0] + other[0], one[1] + other[1], one[2] + other[2]]
}

export function unit(vector: Vector): Vector {
  return scaled(vector, 1 / lengthOf(vector))
}

/** What of the vector is at right angles to a unit vector. */
export function across(vector: Vector, direction: Vector): Vector {
  return plus(vector, scaled(direction, -dot(vector, direction)))
}

/** 0 to 180; NaN when either has no direction. */
export function angleDeg(one: Vector, other: Vector): number {
  return (Math.acos(Math.max(-1, Math.min(1, dot(unit(one), unit(other))))) * 180) / Math.PI
}
