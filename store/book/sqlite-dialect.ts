// Kysely over node:sqlite: its own SQLite driver on one connection, with transactions that take the write lock at
// once and another process's lock waited for without blocking the event loop.

import type { DatabaseSync, SQLInputValue } from 'node:sqlite'
import {
  CompiledQuery,
  type DatabaseConnection,
  type Dialect,
  type QueryResult,
  SqliteAdapter,
  type SqliteDatabase,
  SqliteDriver,
  SqliteIntrospector,
  SqliteQueryCompiler,
} from 'kysely'
import { waitForLock } from '../sqlite/wait-for-lock.ts'

/** Whoever waits this long waits for a transaction that waits for them: a query on the book from inside a transaction. */
export const connectionWaitMsDefault = 30_000

/** No query got the connection in time. */
export class BookBusy extends Error {
  readonly code = 'book-busy'
}

/** @param database open and configured; the dialect closes it when Kysely is destroyed */
export function sqliteDialect(database: DatabaseSync, connectionWaitMsMax = connectionWaitMsDefault): Dialect {
  return {
    createAdapter: () => new SqliteAdapter(),
    createDriver: () => new PatientSqliteDriver(database, connectionWaitMsMax),
    createIntrospector: (db) => new SqliteIntrospector(db),
    createQueryCompiler: () => new SqliteQueryCompiler(),
  }
}

class PatientSqliteDriver extends SqliteDriver {
  readonly #database: DatabaseSync
  readonly #connectionWaitMsMax: number

  constructor(database: DatabaseSync, connectionWaitMsMax: number) {
    super({ database: toKysely(database) })
    this.#database = database
    this.#connectionWaitMsMax = connectionWaitMsMax
  }

  override async acquireConnection(): Promise<DatabaseConnection> {
    const acquired = super.acquireConnection()
    let timer: NodeJS.Timeout | undefined
    const late = new Promise<never>((_, reject) => {
      timer = setTimeout(() => {
        // Its turn comes after all when the transaction in front ends; nobody waits for it any more.
        acquired.then(() => this.releaseConnection()).catch(() => {})
        reject(new BookBusy('The book was busy for too long. Inside a transaction every query must use the transaction.'))
      }, this.#connectionWaitMsMax)
    })
    try {
      return patient(await Promise.race([acquired, late]))
    } finally {
      clearTimeout(timer)
    }
  }

  /** IMMEDIATE: a transaction that only asked for the lock at its first write could fail after it has read. */
  override async beginTransaction(connection: DatabaseConnection): Promise<void> {
    await connection.executeQuery(CompiledQuery.raw('BEGIN IMMEDIATE'))
  }

  override async rollbackTransaction(connection: DatabaseConnection): Promise<void> {
    // A full disk has rolled back already.
    if (this.#database.isTransaction) await super.rollbackTransaction(connection)
  }
}

/** A statement that met a lock did nothing, so it is simply tried again. */
function patient(connection: DatabaseConnection): DatabaseConnection {
  return {
    executeQuery: <Row>(query: CompiledQuery): Promise<QueryResult<Row>> =>
      waitForLock(() => connection.executeQuery<Row>(query)),
    streamQuery: <Row>(query: CompiledQuery, chunkSize?: number) => connection.streamQuery<Row>(query, chunkSize),
  }
}

function toKysely(database: DatabaseSync): SqliteDatabase {
  return {
    close: () => {
      if (database.isOpen) database.close()
    },
    prepare: (sql) => {
      const statement = database.prepare(sql)
      return {
        reader: statement.columns().length > 0,
        all: (parameters) => statement.all(...parameters.map(bindable)),
        run: (parameters) => statement.run(...parameters.map(bindable)),
        iterate: (parameters) => statement.iterate(...parameters.map(bindable)),
      }
    },
  }
}

/** SQLite has no booleans. @throws TypeError for a value that SQLite cannot hold, before it is silently stored as text */
function bindable(value: unknown): SQLInputValue {
  if (typeof value === 'boolean') return value ? 1 : 0
  if (value === null || typeof value === 'number' || typeof value === 'bigint' || typeof value === 'string') return value
  if (value instanceof Uint8Array) return value
  throw new TypeError(`A query parameter is ${value === undefined ? 'undefined' : Object.prototype.toString.call(value)}.`)
}
