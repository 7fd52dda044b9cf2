import { runMigrations } from 'bullmq'
import pg from 'pg'
import { urlOf, type PoolAccess } from './provision'

const GRANTS = `
  grant usage, create on schema bullmq to clew_worker;
  grant all on all tables in schema bullmq to clew_worker;
  -- Not "all sequences": each queue's own, made by the worker at its first job, belongs to the worker.
  do $$
  declare mine regclass;
  begin
    for mine in select oid from pg_class where relnamespace = 'bullmq'::regnamespace and relkind = 'S' and relowner = current_user::regrole loop
      execute format('grant all on sequence %s to clew_worker', mine);
    end loop;
  end $$;
  grant execute on all functions in schema bullmq to clew_worker;
  revoke all on schema bullmq from public;
`

/** Brings the queue's own schema, `bullmq`, up to date as the owner; only the worker's role may use it. */
export async function migrateQueue(owner: PoolAccess): Promise<void> {
  const client = new pg.Client({ connectionString: urlOf(owner), application_name: 'clew migrate queue' })
  client.on('error', () => undefined)
  await client.connect()
  try {
    await client.query(`set lock_timeout = '15s'`)
    await runMigrations(client)
    await client.query(GRANTS)
  } finally {
    await client.end()
  }
}
