export { seededRandom } from '#lib/projection/seeded-random.ts';
