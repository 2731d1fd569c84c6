// Wording of the notice that explains a change of premium, in English, in words that an average person understands.

export const noticeMessages = {
  'title.rise': 'Why your premium went up',
  'title.fall': 'Why your premium went down',
  documentTitle: 'Premium change notice {number} for policy {policy}',
  'product.motor': 'Motor insurance',
  'product.home': 'Home insurance',
  'field.policyholder': 'Policyholder',
  'field.policy': 'Policy',
  'field.compared': 'Compared',
  'field.compared.value': 'the premium of {now} with that of {was}',
  'field.issued': 'Issued',
  'headline.label': 'You now pay each month',
  'headline.note.rise': '{difference} ({share}) more than the {was} before',
  'headline.note.fall': '{difference} ({share}) less than the {was} before',
  short: 'In short',
  'short.only': '{cause} changed your premium by {amount}.',
  'short.main': 'What changed your premium most is {cause}: {amount}.',
  'short.against': 'In the other direction, {cause} changed it by {amount}.',
  'short.parts.motor':
    'Your own driving now counts {now} and your class the rest; before, it counted {was}. The more is measured, the more it counts.',
  'short.parts.home':
    'Your own home now counts {now} and your class the rest; before, it counted {was}. The more days are verified, the more it counts.',
  reasons: 'The reasons, to the cent',
  'reasons.intro':
    'Every amount is what that change adds to or takes off your monthly premium. Together they are the whole difference.',
  'reasons.what': 'What changed',
  'reasons.amount': 'A month',
  'reasons.total': 'The whole change',

  // Headings, as WAC 284-30A-070 names them
  'heading.garaging-location': 'Where the car is kept',
  'heading.driving-record': 'Driving record and claims',
  'heading.miles-driven': 'Distance driven',
  'heading.driving-behaviour': 'How you drive',
  'heading.driver': 'The driver',
  'heading.vehicle': 'The car',
  'heading.property': 'The property',
  'heading.home-protection': 'How your home is protected',
  'heading.other-factors': 'Other factors',
  'heading.premium-capping': 'Limits of the price plan',
  'heading.rate-change': 'Changes of our price plan',
  'heading.rounding': 'Rounding',

  // What changed, measured: now and before
  'observed.night.share': 'You drove at night on {now} of your kilometres; before, {was}.',
  'observed.speeding.share': 'You were above the limit on {now} of the kilometres where the limit is known; before, {was}.',
  'observed.phone.share': 'You held the phone during {now} of your driving time; before, {was}.',
  'observed.braking.per-1000-km': 'You braked hard {now} {now:time|times} per 1,000 km; before, {was}.',
  'observed.acceleration.per-1000-km': 'You started hard {now} {now:time|times} per 1,000 km; before, {was}.',
  'observed.cornering.per-1000-km': 'You cornered hard {now} {now:time|times} per 1,000 km; before, {was}.',
  'observed.water.minutes-per-day': 'Water leaked {now} {now:minute|minutes} a day; before, {was}.',
  'observed.freeze.minutes-per-day': 'It was close to freezing {now} {now:minute|minutes} a day; before, {was}.',
  'observed.fire.minutes-per-day': 'Smoke or carbon monoxide was there {now} {now:minute|minutes} a day; before, {was}.',
  'observed.intrusion.minutes-per-day': 'Something stood open with nobody home {now} {now:minute|minutes} a day; before, {was}.',
  'observed.humidity.minutes-per-day': 'It was too damp {now} {now:minute|minutes} a day; before, {was}.',
  'observed.other': 'Measured now: {now}; before: {was}.',
  'first.night.share': 'You drove at night on {now} of your kilometres; before, nothing had been measured.',
  'first.speeding.share':
    'You were above the limit on {now} of the kilometres where the limit is known; before, nothing had been measured.',
  'first.phone.share': 'You held the phone during {now} of your driving time; before, nothing had been measured.',
  'first.braking.per-1000-km': 'You braked hard {now} {now:time|times} per 1,000 km; before, nothing had been measured.',
  'first.acceleration.per-1000-km': 'You started hard {now} {now:time|times} per 1,000 km; before, nothing had been measured.',
  'first.cornering.per-1000-km': 'You cornered hard {now} {now:time|times} per 1,000 km; before, nothing had been measured.',
  'first.water.minutes-per-day': 'Water leaked {now} {now:minute|minutes} a day; before, nothing had been measured.',
  'first.freeze.minutes-per-day': 'It was close to freezing {now} {now:minute|minutes} a day; before, nothing had been measured.',
  'first.fire.minutes-per-day':
    'Smoke or carbon monoxide was there {now} {now:minute|minutes} a day; before, nothing had been measured.',
  'first.intrusion.minutes-per-day':
    'Something stood open with nobody home {now} {now:minute|minutes} a day; before, nothing had been measured.',
  'first.humidity.minutes-per-day': 'It was too damp {now} {now:minute|minutes} a day; before, nothing had been measured.',
  'first.other': 'Measured now: {now}; before, nothing had been measured.',
  'measured.more-known': 'It counts {now} instead of {was}, because more has been measured.',
  'measured.less-known': 'It counts {now} instead of {was}, because less of what was measured counts.',
  'measured.valve': 'Your water valve has been seen to stop the flow.',
  'mileage.changed': 'Your premium is for {now} a year; before, {was}.',
  'level.changed': 'You are now in the group “{now}”; before, “{was}”.',
  'value.changed': 'Now {now}; before, {was}.',
  'bonus-malus.changed': 'Your claims coefficient is now {now}; before, {was}.',

  // What changed in the plan
  'plan.base': 'Where the price of a year starts: now {now}; before, {was}.',
  'plan.instalment': 'A year is divided into {now} parts; before, {was}.',
  'plan.level': 'You are in the same group, “{level}”; its factor is now {now}, before {was}.',
  'plan.factor': 'What was measured is the same; its factor is now {now}, before {was}.',
  'plan.added': 'The price plan now takes this into account.',
  'plan.removed': 'The price plan no longer takes this into account.',
  'plan.too': 'Our price plan changed here too.',

  // Limits
  'limit.clamp': 'Everything measured together may move a price only so far.',
  'limit.premium-bounds': 'The plan has a lowest and a highest price.',
  'limit.term-change': 'From one term to the next a price may move only so far.',
  'limit.other': 'The plan limits how far a price may move.',
  'limit.now': 'This limit holds your price now; before, it did not.',
  'limit.no-longer': 'This limit held your price before; now it does not.',
  'limit.still': 'This limit held your price before and holds it now.',
  'rounding.text': 'Amounts are rounded to whole cents.',

  how: 'How the amounts were found',
  'how.text':
    'Things that change together also act on each other: a factor weighs more on a higher price. So each amount is the effect of its change averaged over every order in which the changes could have come. No order is favoured, nothing is counted twice, and the amounts add up to the cent.',
  rights: 'What you can do',
  'rights.text':
    'Is something here wrong? You can dispute any trip or event on your policy’s page, and you can ask us in writing to explain any amount of this notice. Explanations and corrections cost you nothing.',
  'rights.rule': 'The headings follow the primary factors of Washington’s rule on premium changes, WAC 284-30A-070.',
  proof: 'Check it yourself',
  'proof.before': 'Facts before (SHA-256)',
  'proof.after': 'Facts now (SHA-256)',
  'proof.edition': 'Edition (SHA-256)',
  'proof.edition.before': 'Edition before (SHA-256)',
  'proof.edition.after': 'Edition now (SHA-256)',
  'footer.page': 'Page {page} of {pages}',
  'footer.zone': 'Times are given for {zone}.',
} as const

export type NoticeKey = keyof typeof noticeMessages
