// The book: every policy with what it pays beside what its class pays.

import { useSignal } from '@preact/signals'
import { useId } from 'preact/hooks'
import type { Policy } from '../../api/shapes.ts'
import { formatMoney, formatNumber } from '../../messages/format.ts'
import { locale, t } from '../language.ts'
import { usePageTitle } from '../page-title.ts'
import { CopyText } from '../parts/copy-text.tsx'
import { Empty, Show } from '../parts/notice.tsx'
import { type Column, Table } from '../parts/table.tsx'
import { listItemsMax, policies } from '../resources.ts'
import { pathOf } from '../routes.ts'
import { type BookFilter, filterBook, sumBook } from './book-rows.ts'

const addPolicyCommand = 'npm run -s merit -- policy add --product motor --device my-car'

export function BookPage() {
  usePageTitle(t('book.title'))
  return (
    <article>
      <h1>{t('book.title')}</h1>
      <Show from={policies} lines={8}>
        {(book) =>
          book.length === 0 ? (
            <Empty title={t('book.none.title')} text={t('book.none.text')}>
              <CopyText text={addPolicyCommand} label={t('book.policy')} />
            </Empty>
          ) : (
            <Book book={book} />
          )
        }
      </Show>
    </article>
  )
}

function Book({ book }: { readonly book: readonly Policy[] }) {
  const filter = useSignal<BookFilter>({ text: '', product: 'all' })
  const id = useId()
  const language = locale.value
  const shown = filterBook(book, filter.value)
  return (
    <>
      {sumBook(shown).map(({ currency, ownMinor, classMinor }) => (
        <p key={currency} class="lead">
          {t('book.caption', {
            count: shown.length,
            own: formatMoney(ownMinor, currency, language),
            class: formatMoney(classMinor, currency, language),
          })}
        </p>
      ))}
      {book.length < listItemsMax ? null : <p class="notice notice-failed">{t('book.cut', { count: book.length })}</p>}
      <search class="filters">
        <label class="field" for={`${id}-text`}>
          <span class="field-name">{t('book.filter')}</span>
          <input
            id={`${id}-text`}
            type="search"
            placeholder={t('book.filter.hint')}
            value={filter.value.text}
            onInput={(event) => {
              filter.value = { ...filter.value, text: event.currentTarget.value }
            }}
          />
        </label>
        <fieldset class="choices">
          <legend class="field-name">{t('book.product')}</legend>
          {(['all', 'motor', 'home'] as const).map((product) => (
            <label key={product} class="choice">
              <input
                type="radio"
                name={`${id}-product`}
                checked={filter.value.product === product}
                onChange={() => {
                  filter.value = { ...filter.value, product }
                }}
              />
              <span>{product === 'all' ? t('book.product.all') : t(`product.${product}`)}</span>
            </label>
          ))}
        </fieldset>
      </search>
      {shown.length === 0 ? (
        <p class="lead">{t('book.no-match', { text: filter.value.text })}</p>
      ) : (
        <Table caption={t('book.title')} columns={bookColumns()} rows={shown} rowKey={(policy) => policy.id} isStacked />
      )}
    </>
  )
}

function bookColumns(): readonly Column<Policy>[] {
  const language = locale.value
  const money = (policy: Policy, minor: number): string =>
    policy.premium === null ? '–' : formatMoney(minor, policy.premium.currency, language)
  const difference = ({ premium }: Policy): number => (premium === null ? 0 : premium.premiumMinor - premium.classPremiumMinor)
  return [
    {
      key: 'policy',
      title: t('book.policy'),
      cell: (policy) => <a href={pathOf({ kind: 'policy', policyId: policy.id })}>{policy.id}</a>,
      sortBy: (policy) => policy.id,
    },
    {
      key: 'holder',
      title: t('book.holder'),
      cell: (policy) => policy.policyholder.name,
      sortBy: (policy) => policy.policyholder.name,
    },
    {
      key: 'product',
      title: t('book.product'),
      cell: (policy) => t(`product.${policy.product}`),
      sortBy: (policy) => policy.product,
    },
    {
      key: 'class',
      title: t('book.class'),
      isNumber: true,
      cell: (policy) => money(policy, policy.premium?.classPremiumMinor ?? 0),
      sortBy: (policy) => policy.premium?.classPremiumMinor ?? 0,
    },
    {
      key: 'own',
      title: t('book.own'),
      isNumber: true,
      cell: (policy) => <strong>{money(policy, policy.premium?.premiumMinor ?? 0)}</strong>,
      sortBy: (policy) => policy.premium?.premiumMinor ?? 0,
    },
    {
      key: 'difference',
      title: t('book.difference'),
      isNumber: true,
      cell: (policy) => <Difference policy={policy} minor={difference(policy)} />,
      sortBy: difference,
    },
    {
      key: 'trips',
      title: t('book.trips'),
      isNumber: true,
      cell: (policy) => (policy.product === 'motor' ? formatNumber(policy.trips, language) : '–'),
      sortBy: (policy) => policy.trips,
    },
  ]
}

function Difference({ policy, minor }: { readonly policy: Policy; readonly minor: number }) {
  if (policy.premium === null) return <>–</>
  return (
    <span class={minor < 0 ? 'lower' : minor > 0 ? 'higher' : undefined}>
      {formatMoney(minor, policy.premium.currency, locale.value, { sign: 'always' })}
    </span>
  )
}
