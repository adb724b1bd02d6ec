-- Search in the log by any part of a word: Chinese has no spaces to cut at, so every two characters that stand together
-- are a key of the index, and what it finds is looked at once more in full.

CREATE FUNCTION acts_pairs(words text) RETURNS text[]
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
    SELECT array_agg(DISTINCT pair)
    FROM (
        SELECT c || lead(c) OVER (ORDER BY place) AS pair
        FROM unnest(string_to_array(lower(left(words, 4000)), NULL)) WITH ORDINALITY AS one (c, place)
    ) AS pairs
    WHERE pair IS NOT NULL
$$;

CREATE INDEX act_words ON acts_act USING gin (acts_pairs(thing_name || E'\n' || ground || E'\n' || detail::text));
