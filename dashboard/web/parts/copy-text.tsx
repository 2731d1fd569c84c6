// Text to be taken elsewhere: a secret or a command, with a button that copies it.

import { useSignal } from '@preact/signals'
import { announce } from '../announce.ts'
import { t } from '../language.ts'

const confirmedForMs = 2000

export function CopyText({ text, label }: { readonly text: string; readonly label: string }) {
  const isCopied = useSignal(false)
  const copy = async (): Promise<void> => {
    try {
      await navigator.clipboard.writeText(text)
    } catch {
      // Without a secure context there is no clipboard; the text can still be selected by hand.
      return
    }
    isCopied.value = true
    announce(t('app.copied'))
    setTimeout(() => {
      isCopied.value = false
    }, confirmedForMs)
  }
  return (
    <div class="copy-text">
      <pre>
        <code>{text}</code>
      </pre>
      <button type="button" class="button" aria-label={`${t('app.copy')}: ${label}`} onClick={() => void copy()}>
        {isCopied.value ? t('app.copied') : t('app.copy')}
      </button>
    </div>
  )
}
