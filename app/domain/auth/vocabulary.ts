/** Value lists of accounts and keys. */
export const apiKeyScopes = [
  'leads:read', 'leads:write', 'reports:read', 'sources:read', 'sources:write', 'deliveries:read', 'deliveries:replay', 'channels:read', 'channels:write',
] as const
export type ApiKeyScope = (typeof apiKeyScopes)[number]
