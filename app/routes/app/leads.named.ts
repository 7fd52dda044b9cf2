/**
 * The lead a door is about: of its path, or `?lead=` at the queue's doors, whose paths are the same for every lead,
 * so that the browser knows them before the network goes away. The verb refuses what is no id.
 */
export function leadOf(params: Record<string, string>, request: Request): never {
  return (params['leadId'] ?? new URL(request.url).searchParams.get('lead')) as never
}
