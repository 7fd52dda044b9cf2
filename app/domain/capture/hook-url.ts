import { env } from '~/platform/env'

/** The address a platform posts to. */
export const hookUrl = (connector: string, sourceKey: string): string => `${env().APP_BASE_URL}/api/hooks/${connector}/${sourceKey}`
