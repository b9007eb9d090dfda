/** Value of the Date header, made anew once a second. */
export class HttpDate {
  #second = 0;
  #text = '';

  /** @param now milliseconds since the epoch */
  at(now: number): string {
    const second = Math.floor(now / 1000);
    if (second !== this.#second) {
      this.#second = second;
      this.#text = new Date(second * 1000).toUTCString();
    }
    return this.#text;
  }
}
