// What is said of a draft's effect on a book, in English. The Chinese file has the same keys: the type says so.

export const dislocationEn = {
  title: 'How premiums change',
  histogramCaption: 'Policies by change of their yearly premium, in steps of 5 %, with the draft’s limits and without them.',
  segmentsCaption: 'Mean change of the yearly premium by segment.',
  bandsCaption: 'Policies and yearly premium by change.',
  policies: 'Policies',
  change: 'Change of premium',
  before: 'Premium now',
  after: 'Premium under the draft',
  withLimits: 'With the draft’s limits',
  withoutLimits: 'Without limits',
  meanChange: 'Mean change',
  segment: 'Segment',
  level: 'Level',
  unchanged: 'unchanged',
  lessThan: (edge: string) => `below ${edge}`,
  moreThan: (edge: string) => `above ${edge}`,
  between: (from: string, to: string) => `${from} to ${to}`,
  segments: {
    age: 'Age of the driver',
    'data-quality': 'Confidence of the data',
    'device-class': 'Device',
    'live-share': 'Share of days with live sensors',
    mileage: 'Kilometres a year',
    'night-share': 'Share driven by night',
    'sum-insured': 'Sum insured',
    'input:region': 'Region',
    'input:building': 'Building',
  },
  levels: {
    'no-data': 'nothing measured',
    accelerometer: 'accelerometer',
    'speed-only': 'speed only',
    country: 'country',
    town: 'town',
    city: 'city',
  },
}

export type DislocationTexts = typeof dislocationEn
