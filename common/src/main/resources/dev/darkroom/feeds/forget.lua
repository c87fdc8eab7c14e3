-- Forgets a feed, so that it is built again when it is read. Whoever is building it will not complete it: he may have read
-- the database before what was delivered to the list that goes now.
-- KEYS[1] user
-- Returns 1 if there was such a feed.
redis.call('DEL', building_of(KEYS[1]))
return redis.call('DEL', feed_of(KEYS[1]))
