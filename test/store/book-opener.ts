// A process that opens a book, spends from its one balance as often as it can, and prints how often that was.
// Argument: the book's URL.

import { openBook } from '../../store/book/open-book.ts'

const book = await openBook(process.argv[2] ?? '')
let spent = 0
for (let attempt = 0; attempt < 40; attempt += 1) {
  await book.transaction().execute(async (transaction) => {
    const row = await transaction.selectFrom('cursors').select('value').where('name', '=', 'balance').executeTakeFirst()
    const balance = Number(row?.value ?? '60')
    if (balance === 0) return
    await transaction
      .replaceInto('cursors')
      .values({ name: 'balance', value: String(balance - 1) })
      .execute()
    spent += 1
  })
}
await book.destroy()
process.stdout.write(String(spent))
