import { createServer, type Socket } from 'node:net'

/** What one client said: every command, and the mails it handed over as they stood on the wire. */
export type Heard = { commands: string[]; recipients: string[]; senders: string[]; mails: string[] }
/** `drop` closes the line without a word. */
type Answers = { rcpt?: string; data?: string; taken?: string | 'drop' }
export type SmtpServer = Heard & { url: string; answers: Answers; close: () => Promise<void> }

/** A mail server on a port of its own that keeps what it hears. `answers` may be changed while it runs. */
export async function anSmtpServer(answers: Answers = {}): Promise<SmtpServer> {
  const heard: Heard = { commands: [], recipients: [], senders: [], mails: [] }
  const sockets = new Set<Socket>()
  const server = createServer((socket) => {
    sockets.add(socket)
    socket.once('close', () => sockets.delete(socket))
    socket.on('error', () => undefined)
    talk(socket, heard, answers)
  })
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready))
  const address = server.address()
  const port = typeof address === 'object' && address !== null ? address.port : 0
  const close = () => new Promise<void>((done) => { for (const socket of sockets) socket.destroy(); server.close(() => done()) })
  return { ...heard, answers, url: `smtp://127.0.0.1:${String(port)}`, close }
}

function talk(socket: Socket, heard: Heard, answers: Answers): void {
  let waiting = ''
  let mail: string[] | null = null
  const say = (text: string) => { if (text === 'drop') socket.destroy(); else socket.write(`${text}\r\n`) }
  say('220 test ESMTP')
  socket.on('data', (bytes) => {
    waiting += bytes.toString('latin1')
    for (let end = waiting.indexOf('\r\n'); end >= 0; end = waiting.indexOf('\r\n')) {
      const line = waiting.slice(0, end)
      waiting = waiting.slice(end + 2)
      if (mail === null) command(line)
      else if (line === '.') { heard.mails.push(Buffer.from(mail.join('\r\n'), 'latin1').toString('utf8')); mail = null; say(answers.taken ?? '250 kept') }
      else mail.push(line.startsWith('.') ? line.slice(1) : line)
    }
  })
  function command(line: string): void {
    heard.commands.push(line)
    const verb = line.slice(0, 4).toUpperCase()
    if (verb === 'MAIL') heard.senders.push(line)
    if (verb === 'RCPT') heard.recipients.push(line)
    if (verb === 'DATA') { const answer = answers.data ?? '354 go on'; if (answer.startsWith('354')) mail = []; say(answer); return }
    if (verb === 'RCPT') return say(answers.rcpt ?? '250 ok')
    say(verb === 'EHLO' ? '250-test\r\n250 SMTPUTF8' : verb === 'QUIT' ? '221 bye' : '250 ok')
  }
}

/** The header block of a mail, unfolded, as name and value. */
export function headersOf(mail: string): { name: string; value: string }[] {
  const block = mail.slice(0, mail.indexOf('\r\n\r\n')).replaceAll(/\r\n[ \t]+/g, ' ')
  return block.split('\r\n').map((line) => ({ name: line.slice(0, line.indexOf(':')).toLowerCase(), value: line.slice(line.indexOf(':') + 1).trim() }))
}
