// What the page that checks a statement says, in English. It comes with that page.

export const verifyMessages = {
  title: 'Is this statement genuine?',
  lead: 'Enter the number a statement prints, or choose its PDF or drop it here. The file stays on your device: only its fingerprint is asked about.',
  code: 'Number of the premium',
  'code.hint': '20 letters and digits, under “Check it yourself” on the statement.',
  check: 'Check',
  file: 'Choose the PDF',
  'file.insecure': 'This browser works out fingerprints over https only: check the number.',
  genuine: 'Genuine',
  known: 'The number is known',
  'known.code':
    'Merit computed a premium with this number, and has no statement of it on record. Compare the amount, or check the file.',
  checking: 'Checking …',
  unreadable: 'That file could not be read.',
  'genuine.code': 'Merit issued a statement with this number. Compare the amount with the one you were shown.',
  'genuine.file': 'This is the very file that Merit issued: not a byte of it was changed.',
  amount: 'A month',
  product: 'Insurance',
  motor: 'Motor',
  home: 'Home',
  computed: 'Computed',
  standing: 'Today',
  current: 'What the policy pays now',
  former: 'The policy pays something else by now',
  unknown: 'Not known here',
  'unknown.code': 'No statement with this number was issued here. Look for a mistyped letter, or ask whoever gave it to you.',
  'unknown.file':
    'This file was not issued here, or it was changed after it was issued. Printing it to a new PDF changes it, too: then check its number.',
  'too-large': 'That file is too large to be a statement.',
} as const
