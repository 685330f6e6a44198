-- Decides holds, in their order, each all or none, and keeps those that fit (db/queries/admit-holds.ts). Each
-- statement in here has a snapshot of its own, so that the ledger is read after the windows were locked: what
-- an event of a hold took from a window's counters while this waited is in the ledger then. The budgets' revision
-- is compared after the locks, too.
-- Windows are locked in order of their key, as everywhere; holds are only made, never locked.
-- The ledger's sums are those of db/queries/budget-spend.ts.
CREATE OR REPLACE FUNCTION admit_holds(
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
  -- A refusal with `ends_at`: holds are past their time and still counted; expire them and ask again.
  outcome int, slot int, spent_cost numeric, held_cost numeric, spent_count numeric, held_count numeric,
  made_at timestamptz, ends_at timestamptz
) LANGUAGE plpgsql SET plan_cache_mode = force_generic_plan SET enable_seqscan = off AS $$
DECLARE
  is_current boolean; has_due boolean; has_open boolean; known text[];
  are_there boolean[]; spent_costs numeric[]; spent_counts numeric[]; held_costs numeric[]; held_counts numeric[];
  ledger_costs numeric[]; ledger_counts numeric[];
  added_holds int[] := array_fill(0, array[cardinality(slot_ids)]);
  added_costs numeric[] := array_fill(0::numeric, array[cardinality(slot_ids)]);
  added_counts numeric[] := added_costs;
  results int[]; slots int[]; counts int8[]; amount int8; s int; kept int;
BEGIN
  -- A budget whose period was changed has windows that overlap: what is committed in them counts as well, and
  -- they are locked too, so that an admission into one that is under way is waited for.
  select array_agg(g.is_there), array_agg(g.spent_cost), array_agg(g.spent_count), array_agg(g.held_cost), array_agg(g.held_count)
  into are_there, spent_costs, spent_counts, held_costs, held_counts
  from (
    select bool_or(w.starts_at = slot_starts[w.slot] and w.ends_at >= slot_ends[w.slot]) as is_there,
      sum(w.settled_pico_usd) as spent_cost, sum(w.settled_tokens) as spent_count,
      sum(w.held_pico_usd) as held_cost, sum(w.held_tokens) as held_count
    from (
      select array_position(slot_ids, p.budget_id) as slot, p.starts_at, p.ends_at, p.settled_pico_usd, p.settled_tokens,
        p.held_pico_usd, p.held_tokens
      from budget_periods p
      where p.project_id = in_project and p.budget_id = any(slot_ids)
        and p.starts_at < slot_ends[array_position(slot_ids, p.budget_id)]
        and p.ends_at > slot_starts[array_position(slot_ids, p.budget_id)]
      order by p.budget_id, p.starts_at for update
    ) w
    group by w.slot order by w.slot
  ) g;
  if cardinality(are_there) is distinct from nullif(cardinality(slot_ids), 0) or false = any(are_there) then
    outcome := -1;
    return next;
    return;
  end if;

  -- After the locks: who changes a budget's period meanwhile is seen here, or sees what is admitted here.
  select (select coalesce(sum(b.revision), 0) from budgets b where b.project_id = in_project) = in_revision,
    exists (select from pending_flushes f where f.project_id = in_project),
    array(select h.id from holds h where h.project_id = in_project and h.id = any(ask_ids))
  into is_current, has_open, known;
  if not is_current then
    outcome := -2;
    return next;
    return;
  end if;

  -- Most often nothing waits to be folded and no budget is of a session: then rollups know it all.
  if not has_open and array_remove(slot_sessions, null) = '{}' then
    with budget as materialized (
      select n as slot, slot_rollups[n] as rollup_scope, slot_sources[n] as source, slot_bits[n] as bits,
        case when slot_agents[n] is not null then array(
          select a.id from agents a where a.project_id = in_project and a.name like slot_agents[n]) end as agents,
        case when slot_models[n] is not null or slot_providers[n] is not null then array(
          select m.id from models m where m.project_id = in_project
            and (slot_models[n] is null or m.name like slot_models[n])
            and (slot_providers[n] is null or m.provider like slot_providers[n])) end as models
      from generate_series(1, cardinality(slot_ids)) n
    )
    select array_agg(coalesce(l.cost, 0) order by b.slot), array_agg(coalesce(l.tokens, 0) order by b.slot),
      exists (select from pending_flushes f where f.project_id = in_project)
        or exists (select from rollup_corrections c where c.project_id = in_project)
    into ledger_costs, ledger_counts, has_open
    from budget b
    left join (
      select x.slot, sum(x.cost) as cost, sum(x.tokens) as tokens from (
        select b.slot, r.cost, r.tokens
        from generate_series(1, cardinality(tile_slots)) t join budget b on b.slot = tile_slots[t]
        cross join lateral (
          select sum(u.cost_pico_usd) as cost, sum(case when b.bits & 1 > 0 then u.input_tokens else 0 end
              + case when b.bits & 2 > 0 then u.cache_read_tokens else 0 end
              + case when b.bits & 4 > 0 then u.cache_write_5m_tokens + u.cache_write_1h_tokens else 0 end
              + case when b.bits & 8 > 0 then u.output_tokens else 0 end) as tokens
          from usage_rollups u
          where u.project_id = in_project and u.scope = b.rollup_scope and u.grain = tile_grains[t]
            and u.bucket >= tile_starts[t] and u.bucket < tile_ends[t] and (b.agents is null or u.agent_id = any(b.agents))
            and (b.models is null or u.model_id = any(b.models)) and (b.source is null or u.source = b.source)) r
      ) x group by 1
    ) l on l.slot = b.slot;
  else
    has_open := true;
  end if;
  if has_open then
    with budget as materialized (
      select n as slot, slot_rollups[n] as rollup_scope, slot_sources[n] as source, slot_bits[n] as bits,
        slot_starts[n] as from_ts, slot_ends[n] as to_ts, slot_sessions[n] as session_like,
        case when slot_agents[n] is not null then array(
          select a.id from agents a where a.project_id = in_project and a.name like slot_agents[n]) end as agents,
        case when slot_models[n] is not null or slot_providers[n] is not null then array(
          select m.id from models m where m.project_id = in_project
            and (slot_models[n] is null or m.name like slot_models[n])
            and (slot_providers[n] is null or m.provider like slot_providers[n])) end as models,
        case when slot_sessions[n] is not null then array(
          select s.id from sessions s where s.project_id = in_project and s.external_id like slot_sessions[n]) end as sessions
      from generate_series(1, cardinality(slot_ids)) n
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
        from generate_series(1, cardinality(tile_slots)) t join budget b on b.slot = tile_slots[t]
        cross join lateral (
          select sum(u.cost_pico_usd) as cost, sum(case when b.bits & 1 > 0 then u.input_tokens else 0 end
              + case when b.bits & 2 > 0 then u.cache_read_tokens else 0 end
              + case when b.bits & 4 > 0 then u.cache_write_5m_tokens + u.cache_write_1h_tokens else 0 end
              + case when b.bits & 8 > 0 then u.output_tokens else 0 end) as tokens
          from usage_rollups u
          where u.project_id = in_project and u.scope = b.rollup_scope and u.grain = tile_grains[t]
            and u.bucket >= tile_starts[t] and u.bucket < tile_ends[t] and (b.agents is null or u.agent_id = any(b.agents))
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
    ends_at := null;
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
          if has_due is null then
            has_due := exists (
              select from holds h where h.project_id = in_project and h.state = 0 and h.expires_at <= statement_timestamp());
          end if;
          if has_due then
            ends_at := made_at;
          end if;
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
  select in_project, ask_ids[n], 0, ask_agents[n], ask_sessions[n], ask_providers[n], ask_models[n], ask_sources[n],
    ask_amounts[n], ask_texts[n], made_at, made_at + make_interval(secs => ask_seconds[n]), ask_budgets[n]::uuid[],
    ask_starts[n]::timestamptz[], ask_tokens[n]::int8[], ask_bits[n]::int2[]
  from generate_series(1, cardinality(ask_ids)) n
  where results[n] = 1 order by ask_ids[n]
  on conflict do nothing;
  get diagnostics kept = row_count;
  if kept < cardinality(array_positions(results, 1)) then
    raise exception 'Another process took one of the ids in this moment.' using errcode = 'serialization_failure';
  end if;

  update budget_periods p set held_pico_usd = p.held_pico_usd + added_costs[n], held_tokens = p.held_tokens + added_counts[n],
    live_holds = p.live_holds + added_holds[n],
    admitted_pico_usd = case when slot_costs[n] is null then 0 else spent_costs[n] + held_costs[n] end,
    admitted_limit_pico_usd = coalesce(slot_costs[n], 0),
    admitted_tokens = case when slot_tokens[n] is null then 0 else spent_counts[n] + held_counts[n] end,
    admitted_limit_tokens = coalesce(slot_tokens[n], 0)
  from generate_series(1, cardinality(slot_ids)) n
  where p.project_id = in_project and p.budget_id = slot_ids[n] and p.starts_at = slot_starts[n] and added_holds[n] > 0;
END $$;
