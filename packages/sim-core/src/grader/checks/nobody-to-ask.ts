/** There is nobody whom a request could be sent to: the submission lacks what the check is about. */
export class NobodyToAsk extends Error {
  override readonly name = 'NobodyToAsk';
}
