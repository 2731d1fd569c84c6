// What Merit says in English about one day at home: what was noticed, when, for how long, and how it ended.

export const homeMessages = {
  'home.state.hint': 'hint, not in your price',
  'home.found.title': 'What was noticed',
  'home.found.hint': 'Hint, not in your price',
  'home.found.reaction': 'Stopped {duration} after the alarm',
  'home.found.completeness': 'The installation reported for {share} of this day; the rest counts for nothing.',
  'home.found.more': 'Show all {count}',

  'home.span.when': '{from} to {to}',
  'home.span.when.before': 'From the day before until {to}',
  'home.span.leak-sensor': 'A leak sensor was wet.',
  'home.span.leak-flow': 'Water ran without a stop, at least {figure} l/min. In your home {limit} min is still usual.',
  'home.span.leak-flow.much':
    'More water ran without a stop than your home ever uses at once, at least {figure} l/min all the time.',
  'home.span.freeze': 'It was as cold as {figure}; below {limit} pipes are in danger.',
  'home.span.freeze-trend': 'It was getting cold fast: {limit} was {figure} h away.',
  'home.span.smoke': 'A smoke alarm sounded.',
  'home.span.carbon-monoxide': 'Carbon monoxide reached {figure} ppm; the limit is {limit} ppm.',
  'home.span.open-unattended': 'A door was open or unlocked and nobody was in.',
  'home.span.damp': 'Humidity reached {figure} %; the limit is {limit} %.',
  'home.span.mould': 'A cold wall was at about {figure} % humidity for hours; from {limit} % mould can grow. Airing helps.',
  'home.span.power-unattended': 'Up to {figure} W was drawn with nobody in. Is a stove on?',

  'home.ended.cleared': 'It ended by itself or was put right.',
  'home.ended.valve-closed': 'The valve was closed.',
  'home.ended.flow-stopped': 'The water stopped.',
  'home.ended.dry': 'The sensor was dry again.',
  'home.ended.unseen': 'The installation stopped reporting, so nobody knows how it ended; that counts for nothing.',
  'home.ended.continues': 'It was still so at the last reading of the day.',
  'home.span.confidence': '{share} sure',
} as const
