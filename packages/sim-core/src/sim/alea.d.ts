declare module 'seedrandom/lib/alea.js' {
  /** A generator of numbers in [0, 1) from a seed (the Alea algorithm alone, without the package's other generators). */
  function alea(seed: string): () => number;
  export = alea;
}
