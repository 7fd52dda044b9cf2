/** A notification as pages show it: a sentence of the server's, and where it leads. */
export type NoticeShown = { id: string; kind: string; text: string; href: string; madeAt: Date; readAt: Date | null }
export type NewsShown = { unread: number; lines: NoticeShown[]; now: Date; show: { title: string; body: string; href: string; tag: string } | null }
