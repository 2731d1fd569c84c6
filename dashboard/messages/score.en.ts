// What Merit says in English about a trip's score and its heat map.

export const scoreMessages = {
  'score.title': 'How it was driven',
  'score.caption': '{score} of 100. {note}',
  'score.note.sure': 'Better driving scores higher; a single event moves a score by a few points at most.',
  'score.note.unsure': 'Little was seen of this trip, so the score stays near that of ordinary driving.',
  'score.part': 'Part',
  'score.points': 'Points of 100',
  'score.figure': 'What it comes from',
  'score.smoothness': 'Smoothness',
  'score.speed': 'Speed choice',
  'score.cornering': 'Cornering',
  'score.timeOfDay': 'Time of day',
  'score.distance': 'Distance',
  'score.unknown': 'not known',
  'score.not-judged': 'not judged',
  'score.unit.tolerable': '{figure} % of what is tolerable at the speed driven',
  'score.unit.aboveLimit': '{figure} % of the time above the limit',
  'score.unit.aboveFreeFlow': '{figure} % above the usual speed; no limit is known',
  'score.unit.night': '{figure} % of the moving time at night',
  'score.unit.distance': '{figure} km',
  'heat.title': 'Speed and acceleration',
  'heat.caption':
    'Where the moving time went: speed to the right, acceleration upwards, the stronger the colour, the longer. {gentle} % of it was gentle, between −1 and 1 m/s².',
  'heat.speed': 'Speed, km/h',
  'heat.acceleration': 'Acceleration, m/s²',
  'heat.share': 'Share of the moving time',
} as const
