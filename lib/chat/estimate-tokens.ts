import { estimateTokenCount } from 'tokenx';

const exactCharsMax = 32_768;
const sampleChars = 8_192;
/** Text without a space for this long is data, not words: about 1.46 bytes a token, measured on base64. */
const unbrokenRun = /\S{200}/;
const dataBytesPerToken = 1.46;

/**
 * About how many tokens a text is: tokenx, which is within 7 % of o200k on prose and code. A text of more
 * than 32,768 characters is estimated from three samples of 8,192, so that the time is bounded (2 ms).
 */
export function estimateTokens(text: string): number {
  if (text.length <= exactCharsMax) return estimatePiece(text);
  const middle = Math.floor(text.length / 2);
  const samples = [
    text.slice(0, sampleChars),
    text.slice(middle, middle + sampleChars),
    text.slice(-sampleChars),
  ];
  const sampled = samples.reduce((sum, sample) => sum + estimatePiece(sample), 0);
  return Math.ceil((sampled * text.length) / (samples.length * sampleChars));
}

function estimatePiece(text: string): number {
  if (text === '') return 0;
  if (unbrokenRun.test(text)) return Math.ceil(text.length / dataBytesPerToken);
  return estimateTokenCount(text);
}
