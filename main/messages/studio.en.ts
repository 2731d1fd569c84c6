// What `npm run studio` says, in English. The Chinese file must have the same keys: the type says so.

export const studioEn = {
  title: 'Merit studio',
  buildingPalette: 'Building the nodes …',
  starting: 'Starting Node-RED …',
  running: (url: string) => `The studio is at ${url}. Ctrl-C stops it.`,
  signIn: "Sign in with a tester's account; the code of an authenticator app follows the password after a space.",
  demoAccount: (email: string, password: string) => `In this demo: ${email} with the password ${password}`,
  portMoved: (from: number, to: number) => `Port ${from} is taken; using ${to} instead (set MERIT_STUDIO_PORT to choose).`,
  refused: {
    wrong: 'Somebody was not let in: wrong e-mail, password or code.',
    'not-a-tester': 'Somebody was not let in: only accounts of testers may open the studio.',
    away: 'Somebody was not let in: Merit does not answer.',
  },
  stopped: 'Stopped.',
  errors: {
    notRunning: (url: string) => `Merit does not answer at ${url}. Start it first, with "npm start" in another terminal.`,
    noAccount:
      'The studio works for an insurer, and there is no account of one yet: make it with "merit account add EMAIL --role insurer".',
    ended: (reason: string) => `Node-RED ended by itself (${reason}).`,
    portTaken: (port: number) => `Port ${port} is taken; set MERIT_STUDIO_PORT to a free one.`,
  },
}

export type StudioMessages = typeof studioEn
