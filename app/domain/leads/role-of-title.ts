import type { PersonRole } from './vocabulary'

const beside = /助理|秘书|assistant|secretary/i
const deciding = /总监|总经理|总裁|副总|董事|厂长|创始人|合伙人|老板|法人代表|^(?:总|老总)$|.总$|\b(?:c[eftoim]o|cmo|cpo|cio|cso|vp|svp|evp)\b|\bchief\b.*\bofficer\b|\b(?:president|founder|owner|partner|director|managing director|general manager|head)\b/i
const buying = /采购|procurement|purchas|\bbuyer\b|\bsourcing\b/i
const using = /工程师|工程|技术|研发|设计师|操作|engineer|technician|developer|designer|operator/i

/**
 * The part somebody plays in a purchase as far as their title tells: who decides goes before who buys and who uses
 * (a purchasing director decides); an assistant of either is a contact. A rep may always say otherwise.
 */
export function roleOfTitle(title: string | null): PersonRole {
  const text = (title ?? '').normalize('NFKC').trim()
  if (text === '' || beside.test(text)) return 'contact'
  if (deciding.test(text)) return 'decision_maker'
  if (buying.test(text)) return 'buyer'
  return using.test(text) ? 'user' : 'contact'
}
