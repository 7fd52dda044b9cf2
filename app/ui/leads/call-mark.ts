/** Tells others that one is calling this lead. */
export function markCall(leadId: string): void {
  navigator.sendBeacon(`/queue/calls?lead=${leadId}`, new URLSearchParams())
}

/** Takes one's mark off the lead, so that others see the line is free; it is sent also while the page goes away. */
export function hangUp(leadId: string): void {
  navigator.sendBeacon(`/queue/call-endings?lead=${leadId}`, new URLSearchParams())
}
