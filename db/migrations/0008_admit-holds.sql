-- Decides holds, in their order, each all or none, and keeps those that fit (db/queries/admit-holds.ts). Each
-- statement in here has a snapshot of its own, so that the ledger is read after the windows were locked: what
-- an event of a hold took from a window's counters while this waited is in the ledger then.
-- Holds are locked before windows, both in order of their keys, as everywhere.
-- The ledger's sums are those of db/queries/budget-spend.ts.
CREATE FUNCTION admit_holds(
  in_project int, in_revision numeric,
  -- Windows of hard budgets, in order of their key.
  slot_ids uuid[], slot_rollups int2[], slot_agents text[], slot_models text[], slot_providers text[], slot_sessions text[],
  slot_sources int2[], slot_bits int2[], slot_starts timestamptz[], slot_ends timestamptz[],
  slot_costs numeric[], slot_tokens numeric[],
  tile_slots int[], tile_grains int2[], tile_starts timestamptz[], tile_ends timestamptz[],
  -- The last four are arrays themselves, one entry a window: its number, its key, which tokens it counts and how many.
  ask_ids text[], ask_agents text[], ask_sessions text[], ask_providers text[], ask_models text[], ask_sources int2[],
  ask_amounts int8[], ask_seconds int[], ask_texts text[], ask_slots text[], ask_budgets text[], ask_starts text[],
  ask_bits text[], ask_tokens text[]
) RETURNS TABLE (
  -- 1 held, 0 refused, 2 there is one of that id; as the only row -1 a window has no row yet, -2 the budgets have changed.
  outcome int, slot int, spent_cost numeric, held_cost numeric, spent_count numeric, held_count numeric,
  made_at timestamptz, ends_at timestamptz
) LANGUAGE plpgsql SET plan_cache_mode = force_generic_plan SET enable_seqscan = off AS $$
DECLARE
  is_current boolean; has_due boolean; has_open boolean; known text[];
  freed_ids uuid[]; freed_starts timestamptz[]; freed_costs numeric[]; freed_counts numeric[]; freed_holds int[];
  locked_ids uuid[]; spent_costs numeric[]; spent_counts numeric[]; held_costs numeric[]; held_counts numeric[];
  ledger_costs numeric[]; ledger_counts numeric[];
  added_holds int[] := array_fill(0, array[cardinality(slot_ids)]);
  added_costs numeric[] := array_fill(0::numeric, array[cardinality(slot_ids)]);
  added_counts numeric[] := added_costs;
  results int[]; slots int[]; counts int8[]; amount int8; s int; kept int;
BEGIN
  select (select coalesce(sum(b.revision), 0) from budgets b where b.project_id = in_project) = in_revision,
    exists (select from holds h where h.project_id = in_project and h.state = 0 and h.expires_at <= statement_timestamp()),
    exists (select from pending_flushes f where f.project_id = in_project),
    array(select h.id from holds h where h.project_id = in_project and h.id = any(ask_ids))
  into is_current, has_due, has_open, known;
  if not is_current then
    outcome := -2;
    return next;
    return;
  end if;

  if has_due then
    with due as materialized (
      select h.id from holds h where h.project_id = in_project and h.state + 0 = 0 and h.id = any(array(
        select d.id from holds d where d.project_id = in_project and d.state = 0 and d.expires_at <= statement_timestamp()
        order by d.expires_at limit 1000))
      order by h.id for update
    ), expired as (
      update holds h set state = 3, resolved_at = clock_timestamp()
      where h.project_id = in_project and h.id = any(array(select d.id from due d)) and h.state + 0 = 0
      returning h.amount_pico_usd, h.budget_ids, h.period_starts, h.tokens
    ), freed as (
      select k.budget_id, k.starts_at, sum(e.amount_pico_usd) as cost, sum(k.tokens) as tokens, count(*)::int as holds
      from expired e cross join lateral unnest(e.budget_ids, e.period_starts, e.tokens) k (budget_id, starts_at, tokens)
      group by 1, 2
    )
    select coalesce(array_agg(f.budget_id), '{}'), coalesce(array_agg(f.starts_at), '{}'), array_agg(f.cost),
      array_agg(f.tokens), array_agg(f.holds)
    into freed_ids, freed_starts, freed_costs, freed_counts, freed_holds from freed f;
    perform from budget_periods p where p.project_id = in_project and (p.budget_id, p.starts_at) in (
      select * from unnest(slot_ids || freed_ids, slot_starts || freed_starts))
      order by p.budget_id, p.starts_at for update;
    update budget_periods p set held_pico_usd = p.held_pico_usd - f.cost, held_tokens = p.held_tokens - f.tokens,
      live_holds = p.live_holds - f.holds
    from unnest(freed_ids, freed_starts, freed_costs, freed_counts, freed_holds) f (id, from_ts, cost, tokens, holds)
    where p.project_id = in_project and p.budget_id = f.id and p.starts_at = f.from_ts;
  end if;

  -- A budget whose period was changed has windows that overlap: what is committed in the others counts as well.
  select array_agg(w.budget_id), array_agg(w.settled_pico_usd + w.other_settled), array_agg(w.settled_tokens + w.other_settled_tokens),
    array_agg(w.held_pico_usd + w.other_held), array_agg(w.held_tokens + w.other_held_tokens)
  into locked_ids, spent_costs, spent_counts, held_costs, held_counts
  from (
    select p.budget_id, p.settled_pico_usd, p.settled_tokens, p.held_pico_usd, p.held_tokens, o.* from budget_periods p
    cross join lateral (
      select coalesce(sum(q.settled_pico_usd), 0) as other_settled, coalesce(sum(q.settled_tokens), 0) as other_settled_tokens,
        coalesce(sum(q.held_pico_usd), 0) as other_held, coalesce(sum(q.held_tokens), 0) as other_held_tokens
      from budget_periods q where q.project_id = in_project and q.budget_id = p.budget_id
        and q.starts_at < p.ends_at and q.ends_at > p.starts_at and q.starts_at <> p.starts_at
    ) o
    where p.project_id = in_project and p.budget_id = any(slot_ids)
      and p.starts_at = slot_starts[array_position(slot_ids, p.budget_id)]
    order by p.budget_id, p.starts_at for update of p
  ) w;
  if coalesce(locked_ids, '{}') <> slot_ids then
    outcome := -1;
    return next;
    return;
  end if;

  -- Most often nothing waits to be folded and no budget is of a session: then rollups know it all.
  if not has_open and array_remove(slot_sessions, null) = '{}' then
    with budget as materialized (
      select b.*,
        case when b.agent_like is not null then array(
          select a.id from agents a where a.project_id = in_project and a.name like b.agent_like) end as agents,
        case when b.model_like is not null or b.provider_like is not null then array(
          select m.id from models m where m.project_id = in_project
            and (b.model_like is null or m.name like b.model_like)
            and (b.provider_like is null or m.provider like b.provider_like)) end as models
      from unnest(slot_rollups, slot_agents, slot_models, slot_providers, slot_sources, slot_bits)
        with ordinality b (rollup_scope, agent_like, model_like, provider_like, source, bits, slot)
    )
    select array_agg(coalesce(l.cost, 0) order by b.slot), array_agg(coalesce(l.tokens, 0) order by b.slot),
      exists (select from pending_flushes f where f.project_id = in_project)
        or exists (select from rollup_corrections c where c.project_id = in_project)
    into ledger_costs, ledger_counts, has_open
    from budget b
    left join (
      select x.slot, sum(x.cost) as cost, sum(x.tokens) as tokens from (
        select b.slot, r.cost, r.tokens
        from unnest(tile_slots, tile_grains, tile_starts, tile_ends) t (slot, grain, from_ts, to_ts)
        join budget b on b.slot = t.slot
        cross join lateral (
          select sum(u.cost_pico_usd) as cost, sum(case when b.bits & 1 > 0 then u.input_tokens else 0 end
              + case when b.bits & 2 > 0 then u.cache_read_tokens else 0 end
              + case when b.bits & 4 > 0 then u.cache_write_5m_tokens + u.cache_write_1h_tokens else 0 end
              + case when b.bits & 8 > 0 then u.output_tokens else 0 end) as tokens
          from usage_rollups u
          where u.project_id = in_project and u.scope = b.rollup_scope and u.grain = t.grain
            and u.bucket >= t.from_ts and u.bucket < t.to_ts and (b.agents is null or u.agent_id = any(b.agents))
            and (b.models is null or u.model_id = any(b.models)) and (b.source is null or u.source = b.source)) r
      ) x group by 1
    ) l on l.slot = b.slot;
  else
    has_open := true;
  end if;
  if has_open then
    with budget as materialized (
      select b.*,
        case when b.agent_like is not null then array(
          select a.id from agents a where a.project_id = in_project and a.name like b.agent_like) end as agents,
        case when b.model_like is not null or b.provider_like is not null then array(
          select m.id from models m where m.project_id = in_project
            and (b.model_like is null or m.name like b.model_like)
            and (b.provider_like is null or m.provider like b.provider_like)) end as models,
        case when b.session_like is not null then array(
          select s.id from sessions s where s.project_id = in_project and s.external_id like b.session_like) end as sessions
      from unnest(slot_rollups, slot_agents, slot_models, slot_providers, slot_sources, slot_bits, slot_sessions, slot_starts, slot_ends)
        with ordinality b (rollup_scope, agent_like, model_like, provider_like, source, bits, session_like, from_ts, to_ts, slot)
    ), delta as materialized (
      select date_bin('15 minutes', d.ts, timestamptz '2000-01-01Z') as bucket, d.agent_id, d.model_id, d.source,
        sum(d.cost_pico_usd) as cost_pico_usd, sum(d.input_tokens) as input_tokens, sum(d.cache_read_tokens) as cache_read_tokens,
        sum(d.cache_write_5m_tokens) as cache_write_5m_tokens, sum(d.cache_write_1h_tokens) as cache_write_1h_tokens, sum(d.output_tokens) as output_tokens
      from (
        select e.* from pending_flushes f cross join lateral (
          select u.ts, u.agent_id, u.model_id, u.source, u.cost_pico_usd, u.input_tokens, u.cache_read_tokens,
            u.cache_write_5m_tokens, u.cache_write_1h_tokens, u.output_tokens
          from usage_events u where u.project_id = in_project and u.flush_id = f.flush_id offset 0) e
        where f.project_id = in_project
        union all
        select c.bucket, c.agent_id, c.model_id, c.source, c.cost_pico_usd, c.input_tokens, c.cache_read_tokens,
          c.cache_write_5m_tokens, c.cache_write_1h_tokens, c.output_tokens
        from rollup_corrections c where c.project_id = in_project
      ) d group by 1, 2, 3, 4
    ), ledger as (
      select x.slot, sum(x.cost) as cost, sum(x.tokens) as tokens from (
        select b.slot, r.cost, r.tokens
        from unnest(tile_slots, tile_grains, tile_starts, tile_ends) t (slot, grain, from_ts, to_ts)
        join budget b on b.slot = t.slot
        cross join lateral (
          select sum(u.cost_pico_usd) as cost, sum(case when b.bits & 1 > 0 then u.input_tokens else 0 end
              + case when b.bits & 2 > 0 then u.cache_read_tokens else 0 end
              + case when b.bits & 4 > 0 then u.cache_write_5m_tokens + u.cache_write_1h_tokens else 0 end
              + case when b.bits & 8 > 0 then u.output_tokens else 0 end) as tokens
          from usage_rollups u
          where u.project_id = in_project and u.scope = b.rollup_scope and u.grain = t.grain
            and u.bucket >= t.from_ts and u.bucket < t.to_ts and (b.agents is null or u.agent_id = any(b.agents))
            and (b.models is null or u.model_id = any(b.models)) and (b.source is null or u.source = b.source)) r
        union all
        select b.slot, sum(u.cost_pico_usd), sum(case when b.bits & 1 > 0 then u.input_tokens else 0 end
            + case when b.bits & 2 > 0 then u.cache_read_tokens else 0 end
            + case when b.bits & 4 > 0 then u.cache_write_5m_tokens + u.cache_write_1h_tokens else 0 end
            + case when b.bits & 8 > 0 then u.output_tokens else 0 end)
        from budget b join delta u on u.bucket >= b.from_ts and u.bucket < b.to_ts and (b.agents is null or u.agent_id = any(b.agents))
          and (b.models is null or u.model_id = any(b.models)) and (b.source is null or u.source = b.source)
        where b.session_like is null group by b.slot
        union all
        select b.slot, r.cost, r.tokens from budget b cross join lateral (
          select sum(u.cost_pico_usd) as cost, sum(case when b.bits & 1 > 0 then u.input_tokens else 0 end
              + case when b.bits & 2 > 0 then u.cache_read_tokens else 0 end
              + case when b.bits & 4 > 0 then u.cache_write_5m_tokens + u.cache_write_1h_tokens else 0 end
              + case when b.bits & 8 > 0 then u.output_tokens else 0 end) as tokens
          from usage_events u
          where u.project_id = in_project and u.session_id = any(b.sessions) and u.ts >= b.from_ts and u.ts < b.to_ts
            and (b.agents is null or u.agent_id = any(b.agents))
            and (b.models is null or u.model_id = any(b.models)) and (b.source is null or u.source = b.source)) r
        where b.session_like is not null
      ) x group by 1
    )
    select array_agg(coalesce(l.cost, 0) order by b.slot), array_agg(coalesce(l.tokens, 0) order by b.slot)
    into ledger_costs, ledger_counts
    from budget b left join ledger l on l.slot = b.slot;
  end if;
  for n in 1 .. cardinality(slot_ids) loop
    spent_costs[n] := spent_costs[n] + ledger_costs[n];
    spent_counts[n] := spent_counts[n] + ledger_counts[n];
  end loop;

  made_at := clock_timestamp();
  for n in 1 .. cardinality(ask_ids) loop
    outcome := 1;
    slot := null;
    if ask_ids[n] = any(known) then
      outcome := 2;
    else
      slots := ask_slots[n];
      counts := ask_tokens[n];
      amount := ask_amounts[n];
      for i in 1 .. cardinality(slots) loop
        s := slots[i];
        if spent_costs[s] + held_costs[s] + amount > slot_costs[s] or spent_counts[s] + held_counts[s] + counts[i] > slot_tokens[s] then
          outcome := 0;
          slot := s;
          spent_cost := spent_costs[s];
          held_cost := held_costs[s];
          spent_count := spent_counts[s];
          held_count := held_counts[s];
          exit;
        end if;
      end loop;
      if outcome = 1 then
        for i in 1 .. cardinality(slots) loop
          s := slots[i];
          held_costs[s] := held_costs[s] + amount;
          held_counts[s] := held_counts[s] + counts[i];
          added_holds[s] := added_holds[s] + 1;
          added_costs[s] := added_costs[s] + amount;
          added_counts[s] := added_counts[s] + counts[i];
        end loop;
        ends_at := made_at + make_interval(secs => ask_seconds[n]);
      end if;
    end if;
    results[n] := outcome;
    return next;
  end loop;

  insert into holds (project_id, id, state, agent, session, provider, model, source, amount_pico_usd, asked, created_at,
    expires_at, budget_ids, period_starts, tokens, token_bits)
  select in_project, a.id, 0, a.agent, a.session, a.provider, a.model, a.source, a.amount, a.asked, made_at,
    made_at + make_interval(secs => a.seconds), a.budgets::uuid[], a.starts::timestamptz[], a.counts::int8[], a.bits::int2[]
  from unnest(results, ask_ids, ask_agents, ask_sessions, ask_providers, ask_models, ask_sources, ask_amounts, ask_seconds,
    ask_texts, ask_budgets, ask_starts, ask_bits, ask_tokens)
    a (result, id, agent, session, provider, model, source, amount, seconds, asked, budgets, starts, bits, counts)
  where a.result = 1 order by a.id
  on conflict do nothing;
  get diagnostics kept = row_count;
  if kept < cardinality(array_positions(results, 1)) then
    raise exception 'Another process took one of the ids in this moment.' using errcode = 'serialization_failure';
  end if;

  update budget_periods p set held_pico_usd = p.held_pico_usd + a.cost, held_tokens = p.held_tokens + a.tokens,
    live_holds = p.live_holds + a.holds,
    admitted_pico_usd = case when a.cost_max is null then 0 else a.spent + a.held end,
    admitted_limit_pico_usd = coalesce(a.cost_max, 0),
    admitted_tokens = case when a.tokens_max is null then 0 else a.spent_tokens + a.held_tokens end,
    admitted_limit_tokens = coalesce(a.tokens_max, 0)
  from unnest(slot_ids, slot_starts, added_holds, added_costs, added_counts, spent_costs, held_costs, spent_counts, held_counts,
    slot_costs, slot_tokens)
    a (id, from_ts, holds, cost, tokens, spent, held, spent_tokens, held_tokens, cost_max, tokens_max)
  where p.project_id = in_project and p.budget_id = a.id and p.starts_at = a.from_ts and a.holds > 0;
END $$;
