import { expect, test } from 'vitest';
import { type DotQuality, DotQualityJudge } from './dot-quality.ts';

/** Qualities after each second of frames of the same length. */
function seconds(judge: DotQualityJudge, frame: number, count: number, from: DotQuality = 'full'): DotQuality[] {
  let quality = from;
  return Array.from({ length: count }, () => {
    for (let at = 0; at < 1000; at += frame) quality = judge.judge(quality, frame);
    return quality;
  });
}

test('two seconds of frames over 40 ms halve the rate, two more end the dots', () => {
  expect(seconds(new DotQualityJudge(), 50, 5)).toEqual(['full', 'half', 'half', 'still', 'still']);
});

test('frames of 40 ms and less change nothing, however long', () => {
  expect(new Set(seconds(new DotQualityJudge(), 40, 60))).toEqual(new Set(['full']));
});

test('a few slow frames among quick ones change nothing', () => {
  const judge = new DotQualityJudge();
  let quality: DotQuality = 'full';
  for (let i = 0; i < 1000; i++) quality = judge.judge(quality, i % 5 === 0 ? 200 : 16);
  expect(quality).toBe('full');
});

test('the pause of a hidden tab is no slow frame', () => {
  const judge = new DotQualityJudge();
  let quality: DotQuality = 'full';
  for (let i = 0; i < 20; i++) quality = judge.judge(judge.judge(quality, 60_000), 16);
  expect(quality).toBe('full');
});
