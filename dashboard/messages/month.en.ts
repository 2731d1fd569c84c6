// What the policyholder's first screen says in English about the month, the latest trip, and devices that need somebody.

export const monthMessages = {
  'month.period': 'a month, estimated for {month}',
  'month.about': 'about',
  'month.range':
    'Between {low} and {high}: if the rest of {month} goes like your last {weeks} weeks, four times in five it ends there.',
  'month.certain': 'If the rest of {month} goes like your last {weeks} weeks, it comes to this, and hardly to anything else.',
  'month.last-day': 'It is the last day of {month}, so this is it.',
  'month.now': 'As of today it is {amount}. {days} {days:day|days} to go.',
  'month.early':
    'As it stands. An estimate for the whole month takes {min} weeks of your own; there {weeks:is|are} {weeks} so far. The class price is {class}.',
  'month.settled': 'This price stands until the end of your term, whatever is measured.',
  'month.picture': 'Range of the estimate from {low} to {high}, as of today {now}, class price {class}',
  'month.mark.class': 'class',
  'month.promise': 'Your data makes your price and nothing else. It is never sold.',
  'month.promise.link': 'What is collected, and who saw it',
  'steps.open': 'What is behind it: {step}',

  'said.question': 'Was this you driving?',
  'said.driver': 'Yes, I drove',
  'said.passenger': 'I was a passenger',
  'said.not-my-car': 'Not my car',
  'said.driver.done': 'Confirmed: you drove.',
  'said.passenger.done': 'You were a passenger. Your insurer looks at it; if accepted, the trip leaves your price.',
  'said.not-my-car.done': 'Not your car. Your insurer looks at it; if accepted, the trip leaves your price.',
  'said.undo': 'Undo',
  'said.undone': 'Taken back.',
  'said.settled': 'Your insurer has already decided about this trip. See below it what was said.',
  'trips.all': 'All trips',

  'goal.picture': 'What is left of the week’s money, by what was done',
  'goal.picture.when': 'When',
  'goal.picture.done': 'Done',
  'goal.picture.left': 'Left',
  'goal.picture.now': 'So far',
  'goal.picture.allowed': 'Goal kept',
  'goal.picture.spent': 'Nothing left',

  'device.advice.never':
    'Nothing has arrived from it yet. Plug it in, or switch it on near its network; the first reading shows here within a minute.',
  'device.advice.silent':
    'Nothing has arrived since {time}. Check its plug or power and its network. What it could not send counts for nothing.',
  'device.advice.battery': 'The battery is at {share}. Change it before it runs out: days without readings earn nothing.',
  'device.advice.refused': 'Some of its messages could not be read. They count for nothing; its maker sees why.',
  'device.well': 'All is well.',
} as const
