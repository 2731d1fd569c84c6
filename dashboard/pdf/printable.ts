// Makes text from outside safe and readable in a PDF: nothing invisible, nothing that reorders its neighbours, no letter
// that the statement's font cannot draw.

/** Controls, bidirectional marks and overrides, zero-width and other format characters, lone surrogates. */
const invisible = /[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Zl}\p{Zp}]/gu
const spaces = /[\p{Zs}\s]+/gu
/** Noto Sans SC draws Latin-1 and little of Latin Extended-A and -B. */
const extendedLatin = /[\u0100-\u024f]/g
const accents = /\p{M}/gu
const withoutDecomposition: Readonly<Record<string, string>> = {
  ł: 'l',
  Ł: 'L',
  đ: 'd',
  Đ: 'D',
  ı: 'i',
  ħ: 'h',
  Ħ: 'H',
  ŋ: 'n',
  Ŋ: 'N',
  œ: 'oe',
  Œ: 'OE',
}

/** Of names and other text that people and devices choose. */
export function printable(text: string, charactersMax = 120): string {
  const visible = text.normalize('NFC').replace(spaces, ' ').replace(invisible, '').trim()
  const drawable = visible.replace(extendedLatin, (letter) => withoutDecomposition[letter] ?? withoutAccents(letter))
  const characters = [...drawable]
  return characters.length <= charactersMax ? drawable : `${characters.slice(0, charactersMax - 1).join('')}…`
}

/** Of our own wording: the font has no narrow no-break space and no word joiner. */
export function typeset(text: string): string {
  return text.replaceAll('\u202f', '\u00a0').replace(invisible, '')
}

function withoutAccents(letter: string): string {
  return letter.normalize('NFD').replace(accents, '')
}
