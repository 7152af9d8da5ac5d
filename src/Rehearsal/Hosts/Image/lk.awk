# Rewrites a recording of lk load-test for other names, another mix, pace and duration. Reads stdout.tsv; writes the lines with
# the seconds at which they are due, and the tables to the file `tables`.
#   -v room= roomVideo= roomAudio= (who publishes in it, in whatever process) prefix= video= audio= subs= pace= duration= shown= seed= pace0= (joins a second of the recording) tables=
#   -v gap=    part of the steady phase after which the participants were cut off, "+" the seconds until they were back: SHARE+SECONDS
#   -v stop=   seconds since the start at which lk receives SIGINT; its tables are then those of that moment
# Every rate stays the recorded one: a track's packets are scaled by the time it was subscribed.
BEGIN { FS = "\t"; bar = "\342\224\202" }

function trim(text) { sub(/^ +/, "", text); sub(/ +$/, "", text); return text }
function max(a, b) { return a > b ? a : b }
function min(a, b) { return a < b ? a : b }
function due(time, line) { printf "%.6f\t%s\n", time, line }

# A participant's number is the last part of its identity: PREFIX_pub_N or PREFIX_N.
function number(identity) { sub(/^.*_/, "", identity); return identity + 0 }
function spawned(n) { return started + n / pace0 }
function spawns(n) { return started + n / pace }

function bits(text,   value) {
    value = text + 0
    if (text ~ /mbps/) return value * 1000000
    if (text ~ /kbps/) return value * 1000
    return text ~ /NaN/ ? 0 : value
}
function rate(value) {
    if (value >= 1000000) return sprintf("%.1fmbps", value / 1000000)
    if (value >= 1000) return sprintf("%.1fkbps", value / 1000)
    return sprintf("%dbps", value)
}
function loss(dropped, packets,   text) {
    if (packets + dropped == 0) return " - "
    text = sprintf("%.3f", 100 * dropped / (packets + dropped))
    sub(/0+$/, "", text); sub(/\.$/, "", text)
    return dropped " (" text "%)"
}
function clock(seconds,   h, m, text) {
    h = int(seconds / 3600); m = int((seconds % 3600) / 60)
    text = (h ? h "h" : "") (h || m ? m "m" : "")
    return text (seconds - h * 3600 - m * 60) "s"
}

# Cells of a table row, without their padding of one blank left and any to the right.
function cells(line, into,   n, i) {
    n = split(line, into, bar)
    for (i = 2; i < n; i++) { sub(/^ /, "", into[i]); sub(/ +$/, "", into[i]) }
    return n - 2
}

$3 ~ /^Starting load test with/ {
    started = $1; video0 = planned($3, "video publishers"); audio0 = planned($3, "audio publishers"); subs0 = planned($3, "subscribers")
    publishers0 = max(video0, audio0)
    before[++lines] = $3; at[lines] = $1; kind[lines] = "start"
    next
}
$3 == "Track loading:" { tablesAt0 = $1; table = 1; next }
$3 == "Subscriber summaries:" { table = 2; next }
table == 1 && index($3, bar) == 1 {
    if (cells($3, cell) < 6 || cell[2] == "Tester" || cell[4] == "" && cell[3] == "") next
    if (cell[2] != "") block = substr(cell[2], 5) - firstSub()
    row[block, ++rows[block]] = cell[3]
    packets[block, cell[3]] = cell[5]; bitrate[block, cell[3]] = cell[6]; dropped[block, cell[3]] = cell[7] + 0
    pool = cell[4] round(subscribedAt[block, cell[3]])
    poolBlock[pool, ++pooled[pool]] = block; poolTrack[pool, pooled[pool]] = cell[3]; kindOf[cell[3]] = cell[4]
    if (!(cell[3] in known)) { known[cell[3]] = 1; idOf[pool, ++ids[pool]] = cell[3] }
    next
}
table == 2 && index($3, bar) == 1 {
    if (cells($3, cell) < 5 || cell[2] == "Tester") next
    if (cell[2] == "Total") { total = cell[4]; totalLoss = cell[5]; next }
    block = substr(cell[2], 5) - firstSub()
    subRate[block] = cell[4]; error[block] = cell[6]
    next
}
table { next }
$3 == "" { next }
{ before[++lines] = $3; at[lines] = $1 }
$3 ~ /^publishing / { kind[lines] = "publish"; next }
$3 ~ /^subscribed to track / {
    kind[lines] = "subscribe"
    n = split($3, word, " ")
    subscribedAt[number(word[4]) - publishers0, word[5]] = $1
    next
}
$3 ~ /^could not connect / { kind[lines] = "refuse"; next }
$3 ~ /^Finished connecting/ { kind[lines] = "finish"; finished0 = $1; duration0 = seconds($3); next }

function planned(line, who) { return match(line, "[0-9]+ " who) ? substr(line, RSTART) + 0 : 0 }
function firstSub() { return max(0, audio0 - video0) }
function seconds(line,   word, n) {
    n = split(line, word, " ")
    line = word[n]
    return (line ~ /m/ ? 60 * line : 0) + (sub(/^.*m/, "", line) ? line : line + 0)
}

END {
    publishers = max(video, audio)
    same = roomVideo == video && roomAudio == audio && video == video0 && audio == audio0 && subs == subs0
    finished = spawns(publishers + subs - 1) + finished0 - spawned(publishers0 + subs0 - 1)
    ends = finished + duration
    if (stop && stop < ends) ends = stop
    tablesAt = ends + (tablesAt0 - finished0 - duration0)
    if (stop) tablesAt = ends
    if (same) replay(); else compose()
    print_tables()
    due(tablesAt, "TABLES")
}

# Where the participants were cut off and came back, everything is subscribed to in a second round.
function cut0() { return finished0 + gap * duration0 }
function round(time) { return rounds() > 1 && time > cut0() ? 2 : 1 }
function rounds() { return gap ~ /[+]/ ? 2 : 1 }

# When a line of the recording is due now: with its participant while people join, in proportion afterwards.
function retimed(time, n) {
    if (time < finished0 + 3 && n >= 0) return max(started, time - spawned(n) + spawns(n)) # publishers were there before their turn
    if (time <= finished0) return time
    if (round(time) == 2) return min(ends, finished + gap * duration + time - cut0())
    return finished + (time - finished0) * duration / duration0
}
function first_line() { due(started, "Starting load test with " count(video, "video publishers, ") count(audio, "audio publishers, ") count(subs, "subscribers, ") "room: " room) }
function count(n, who) { return n ? n " " who : "" }
function finish_line() { due(finished, "Finished connecting to room, waiting " clock(duration)) }

function replay(   i, word, n, time) {
    for (i = 1; i <= lines; i++) {
        n = split(before[i], word, " ")
        if (kind[i] == "start") first_line()
        else if (kind[i] == "finish") finish_line()
        else if (kind[i] == "publish") {
            time = retimed(at[i], number(word[n]))
            due(time, substr(before[i], 1, length(before[i]) - length(word[n])) prefix "_pub_" number(word[n]))
        } else if (kind[i] == "subscribe") {
            time = retimed(at[i], number(word[4]))
            due(time, "subscribed to track " prefix "_" number(word[4]) " " word[5] " " word[6] " " word[7])
            newAt[number(word[4]) - publishers0, word[5]] = time
        } else if (kind[i] == "refuse") due(retimed(at[i], refused(word[4], word[5])), before[i])
        else due(at[i], before[i])
    }
    for (block = 0; block < subs; block++) {
        source[block] = block
        for (i = 1; i <= rows[block]; i++) { mine[block, i] = row[block, i]; from[block, i] = block; as[block, i] = row[block, i] }
        mines[block] = rows[block] + 0
    }
}
function refused(role, n) { sub(/:$/, "", n); return role == "Sub" ? n - firstSub() + publishers0 : n }

# Another mix than the recorded one: publishers and subscribers are taken in turn from those recorded.
function compose(   all, n, b, k, i, r, visible, offset, first) {
    for (i = 1; i <= lines; i++)
        if (kind[i] == "start") first_line()
        else if (kind[i] == "") due(at[i], before[i])
    for (n = 0; n < publishers; n++) {
        if (n < audio) due(spawns(n) + 0.05, "publishing audio track - " prefix "_pub_" n)
        if (n < video) due(spawns(n) + 0.07, "publishing simulcast video track - " prefix "_pub_" n)
    }
    all = max(roomVideo, roomAudio)
    visible = min(all, shown)
    for (b = 0; b < subs; b++) {
        source[b] = (b + seed) % subs0
        mines[b] = 0
        if (error[source[b]] != "-") {
            due(spawns(publishers + b) + refusedAfter(source[b]), "could not connect Sub " (b + max(0, audio - video)) ": " error[source[b]])
            continue
        }
        offset = all > visible ? (b * 7 + seed) % (all - visible + 1) : 0
        for (r = 1; r <= rounds(); r++) {
            first = mines[b] + 1
            for (k = offset; k < offset + visible; k++) {
                if (k < roomAudio) take(b, k, "audio", r)
                if (k < roomVideo) take(b, k, "video", r)
            }
            announce(b, first)
        }
    }
    finish_line()
}
function refusedAfter(b,   i, word) {
    for (i = 1; i <= lines; i++)
        if (kind[i] == "refuse" && split(before[i], word, " ") && word[4] == "Sub" && word[5] + 0 - firstSub() == b)
            return at[i] - spawned(publishers0 + b)
    return 10
}
function take(b, k, type, r,   i, pool, sample, old, id, time) {
    pool = type r
    if (!pooled[pool]) return
    sample = (b * 31 + k * 5 + seed) % pooled[pool] + 1
    old = poolBlock[pool, sample]
    id = k < ids[pool] ? idOf[pool, k + 1] : substr(idOf[pool, 1], 1, length(idOf[pool, 1]) - 3) sprintf("%03d", k)
    i = ++mines[b]
    mine[b, i] = id; from[b, i] = old; as[b, i] = poolTrack[pool, sample]; kindOf[id] = type
    time = subscribedAt[old, as[b, i]]
    newAt[b, id] = r == 1 ? spawns(publishers + b) + time - spawned(publishers0 + old) : retimed(time, -1)
}
# The lines of one subscriber's tracks from the first on, counted in the order in which they come.
function announce(b, first,   i, k, time, id, order) {
    for (i = first; i <= mines[b]; i++) {
        time = newAt[b, mine[b, i]]
        for (k = i; k > first && newAt[b, order[k - 1]] > time; k--) order[k] = order[k - 1]
        order[k] = mine[b, i]
    }
    for (i = first; i <= mines[b]; i++) {
        id = order[i]
        due(newAt[b, id], "subscribed to track " prefix "_" (publishers + b) " " id " " kindOf[id] " " (i - first + 1) "/" (video + audio))
    }
}

# ---- tables ----
function put(col, text) { grid[gridRows, col] = text; wide[col] = max(wide[col], length(text)) }
function print_tables(   order, n, b, i, label, old, scale, p, d, sum, sumP, sumD, errors, got, allP, allD, all, tracks) {
    n = sorted(order)
    begin(6); head("Tester\tTrack\tKind\tPkts.\tBitrate\tPkt. Loss")
    for (i = 1; i <= n; i++) {
        b = order[i]
        if (i > 1) { gridRows++; blank(6) }
        sumP[b] = sumD[b] = sum[b] = got[b] = 0
        for (k = 1; k <= mines[b]; k++) {
            label = mine[b, k]; old = from[b, k] SUBSEP as[b, k]
            if (stop && newAt[b, label] > ends) continue
            scale = tablesAt0 > subscribedAt[old] ? (tablesAt - newAt[b, label]) / (tablesAt0 - subscribedAt[old]) : 1
            p = int(packets[old] * scale + 0.5); d = int(dropped[old] * scale + 0.5)
            gridRows++
            put(1, got[b]++ ? "" : "Sub " (b + max(0, audio - video)))
            put(2, label); put(3, kindOf[label]); put(4, p ""); put(5, bitrate[old]); put(6, loss(d, p))
            sumP[b] += p; sumD[b] += d; sum[b] += bits(bitrate[old])
        }
    }
    printf "\nTrack loading:\n" > tables
    show(6)
    begin(5); head("Tester\tTracks\tBitrate\tTotal Pkt. Loss\tError")
    for (i = 1; i <= n; i++) {
        b = order[i]
        gridRows++
        put(1, "Sub " (b + max(0, audio - video))); put(2, got[b] "/" (video + audio))
        put(3, got[b] ? (same && !stop ? subRate[b] : rate(sum[b])) : "NaNmbps")
        put(4, loss(sumD[b], sumP[b])); put(5, error[source[b]])
        errors += error[source[b]] != "-"
        all += sum[b]; allP += sumP[b]; allD += sumD[b]; tracks += got[b]
    }
    gridRows++
    put(1, "Total"); put(2, tracks + 0 "/" subs * (video + audio))
    put(3, same && !stop ? total : tracks ? rate(all) " (" rate(all / subs) " avg)" : "NaNmbps (NaNmbps avg)")
    put(4, loss(allD + 0, allP + 0)); put(5, errors + 0)
    printf "\nSubscriber summaries:\n" > tables
    show(5)
    close(tables)
}
# Testers in the order of their names: Sub 1, Sub 10, Sub 11, Sub 2.
function sorted(order,   b, i, key) {
    for (b = 0; b < subs; b++) {
        key = "Sub " (b + max(0, audio - video))
        for (i = b; i >= 1 && name[i] > key; i--) { name[i + 1] = name[i]; order[i + 1] = order[i] }
        name[i + 1] = key; order[i + 1] = b
    }
    return subs
}
function begin(columns,   c) { gridRows = 0; for (c = 1; c <= columns; c++) wide[c] = 0 }
function head(text,   title, n, c) { gridRows = 0; n = split(text, title, "\t"); for (c = 1; c <= n; c++) put(c, title[c]) }
function blank(columns,   c) { for (c = 1; c <= columns; c++) put(c, "") }
function rule(left, middle, right, columns,   c, i, line) {
    line = left
    for (c = 1; c <= columns; c++) {
        for (i = 0; i < wide[c] + 2; i++) line = line "\342\224\200"
        line = line (c < columns ? middle : right)
    }
    print line > tables
}
function show(columns,   r, c, line) {
    rule("\342\224\214", "\342\224\254", "\342\224\220", columns)
    for (r = 0; r <= gridRows; r++) {
        line = bar
        for (c = 1; c <= columns; c++) line = line sprintf(" %-" wide[c] "s ", grid[r, c]) bar
        print line > tables
        if (r == 0) rule("\342\224\234", "\342\224\274", "\342\224\244", columns)
    }
    rule("\342\224\224", "\342\224\264", "\342\224\230", columns)
}
