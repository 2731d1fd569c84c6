// The units of a score's figures. Shown to people through the message files; stored and reported as they stand here.

export const scoreUnits = {
  tolerable: '% of tolerable acceleration, RMS',
  aboveLimit: '% of the time above the known limit',
  aboveFreeFlow: '% above own free-flow speed, mean',
  night: '% of moving time at night',
  distance: 'km',
} as const
