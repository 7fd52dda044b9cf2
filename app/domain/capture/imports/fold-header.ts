/** A header as it is compared: width, case, spaces and marks do not count. */
export const foldHeader = (header: string): string => header.normalize('NFKC').toLowerCase().replace(/[\s_\-./()（）:：#*]+/gu, '')
