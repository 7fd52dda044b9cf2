// Mailboxes for ten minutes: the providers met most. The npm list of free providers mixes them with lasting ones.
const DOMAINS = new Set(`
  0-mail.com 10minutemail.com 10minutemail.net 20minutemail.com 33mail.com anonbox.net anonymbox.com armyspy.com bccto.me burnermail.io
  byom.de chacuo.net crazymailing.com cuvox.de dayrep.com deadaddress.com discard.email discardmail.com dispostable.com dropmail.me
  einrot.com emailondeck.com emailsensei.com fakeinbox.com fakemail.net fakemailgenerator.com fleckens.hu getairmail.com getnada.com
  grr.la guerrillamail.biz guerrillamail.com guerrillamail.de guerrillamail.info guerrillamail.net guerrillamail.org guerrillamailblock.com
  gustr.com harakirimail.com inboxbear.com inboxkitten.com incognitomail.org jetable.org jourrapide.com linshiyouxiang.net linshi-email.com
  mail-temp.com mail.tm mail7.io mailcatch.com maildrop.cc mailexpire.com mailforspam.com mailinator.com mailinator.net mailinator2.com
  mailnesia.com mailnull.com mailpoof.com mailsac.com mailtemp.info mailto.plus mintemail.com moakt.com mohmal.com muellmail.com mvrht.net
  my10minutemail.com mytemp.email nada.email nowmymail.com onewaymail.com owlymail.com pokemail.net proxymail.eu rcpt.at rhyta.com
  sharklasers.com shitmail.me sofort-mail.de spam4.me spambog.com spambox.us spamgourmet.com spamex.com spamfree24.org superrito.com
  teleworm.us temp-mail.io temp-mail.org tempail.com tempinbox.com tempmail.com tempmail.dev tempmail.net tempmail.plus tempmailaddress.com
  tempmailo.com tempr.email throwam.com throwawaymail.com tmail.ws tmailor.com tmpmail.net tmpmail.org trash-mail.com trashmail.com
  trashmail.de trashmail.me trashmail.net trbvm.com wegwerfemail.de wegwerfmail.de wegwerfmail.net yopmail.com yopmail.fr yopmail.net
  zetmail.com 027168.com 24mail.chacuo.net bugmenot.com emltmp.com fexpost.com fexbox.org mailbox92.biz rover.info yxzx.net
`.trim().split(/\s+/))

/** Whether a domain, or the one it belongs to, hands out mailboxes that are gone within the hour. */
export function isDisposable(domain: string): boolean {
  const parts = domain.toLowerCase().split('.').slice(-4)
  return parts.some((_, at) => DOMAINS.has(parts.slice(at).join('.')))
}
