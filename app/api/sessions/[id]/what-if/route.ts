import { sessionPath } from '#lib/http/contract/sessions-query.ts';
import { whatIfQuery } from '#lib/http/contract/what-if-contract.ts';
import { jsonRoute } from '#lib/server/http/json-route.ts';
import { otherMethods } from '#lib/server/http/other-methods.ts';
import { priceOverridesOf } from '#lib/server/pricing/price-overrides-of.ts';
import { readWhatIf } from '#lib/server/sessions/read-what-if.ts';

export const GET = jsonRoute(
  { scope: 'read', params: sessionPath, query: whatIfQuery },
  async ({ db, principal, params, query, request }) => {
    const { projectId } = principal;
    const { model, ...asked } = query;
    const slash = model?.indexOf('/') ?? -1;
    return readWhatIf(db, {
      projectId,
      id: params.id,
      rules: {
        resultBytesMax: asked.resultBytesMax ?? null,
        historyBytesMax: asked.historyBytesMax ?? null,
        contextTokensMax: asked.contextTokensMax ?? null,
        contextMessagesMax: asked.contextMessagesMax ?? null,
        pairsMax: asked.pairsMax ?? null,
      },
      model:
        model === undefined || slash < 1
          ? null
          : { provider: model.slice(0, slash), model: model.slice(slash + 1) },
      nowMs: Date.now(),
      elapsedMs: () => performance.now(),
      signal: request.signal,
      overrides: await priceOverridesOf(db, projectId),
    });
  },
);

export const { POST, PUT, PATCH, DELETE, OPTIONS } = otherMethods('GET');
