# Turns copies of /proc files taken some seconds apart into one copy for each second of a run: counters continue at the recorded rate,
# gauges move from copy to copy. Arguments: the recorded files of one name, in order of time; -v at= their seconds since the start of
# load (blank separated), -v steady= the seconds between which the load was steady, -v until= the last second wanted, -v scale= load
# here over load there, -v stops= and resumes= the seconds between which no media arrives (or empty), -v name= of the file, -v out=
# folder of a second, -v held= UDP sockets that lk does not have, -v before= the file of the machine before this load: its counters continue from there.
BEGIN { times = split(at, time, " "); split(steady, edge, " "); counter = name ~ /^(stat|net_dev|net_snmp|net_netstat|pressure_.*|lk_stat)$/
    while (counter && before != "" && (getline row < before) > 0) {
        was0++
        for (i = split(row, word, " "); i > 0; i--) base[was0, i] = plain(word[i])
    }
}
function plain(word) { sub(/^[a-z0-9]+=/, "", word); return word + 0 }
FNR == 1 { file++ }
{
    text[file, FNR] = $0
    if (FNR > last[file]) last[file] = FNR
    for (i = 1; i <= NF; i++) {
        cell[file, FNR, i] = plain($i)
        if (file > 1 && $i != was[FNR, i]) moves[FNR, i]
        was[FNR, i] = $i
    }
}
END { for (second = 0; second <= until; second++) write(second) }

# A moment of the recording for a moment of this run: the ramp as it was, then the steady part over and over.
function moment(second) {
    return second - roundsAt(second) * (edge[2] - edge[1])
}
function roundsAt(second) { return second > edge[2] ? int((second - edge[1]) / (edge[2] - edge[1])) : 0 }
function write(second,   a, b, part, line, path) {
    here = moment(second)
    for (a = 1; a < times - 1 && time[a + 1] <= here; a++);
    b = a + 1
    part = time[b] > time[a] ? (here - time[a]) / (time[b] - time[a]) : 0
    path = sprintf(out, second) "/" name
    for (line = 1; line <= last[1]; line++) print between(text[a, line], text[b, line], part, line, second) > path
    close(path)
}
function between(one, two, part, line, second,   n, from, to, i, value, rest, word) {
    n = split(one, from, " ")
    if (split(two, to, " ") != n) return one
    rest = one
    word = ""
    for (i = 1; i <= n; i++) {
        match(rest, /[^ \t]+/)
        word = word substr(rest, 1, RSTART - 1)
        rest = substr(rest, RSTART + RLENGTH)
        word = word number(from[i], to[i], part, i, line, second)
    }
    return word rest
}
function number(from, to, part, field, line, second,   label, value) {
    label = ""
    if (match(from, /^[a-z0-9]+=/)) { label = substr(from, 1, RLENGTH); from = substr(from, RLENGTH + 1); to = substr(to, RLENGTH + 1) }
    if (from !~ /^[0-9]+(\.[0-9]+)?$/ || to !~ /^[0-9]+(\.[0-9]+)?$/) return label from
    if (!counter || label ~ /^avg/) {
        value = from + (to - from) * part
        if (name == "net_sockstat" && field == 3 && text[1, line] ~ /^UDP: /) value += held
        else if (!((line, field) in moves)) return label from
        return label (from ~ /\./ || label ~ /^avg/ ? sprintf("%.2f", value) : sprintf("%.0f", value))
    }
    value = (line, field) in base ? base[line, field] : cell[1, line, field]
    if ((line, field) in moves)
        value += name == "stat" && field == 5 && text[1, line] ~ /^cpu/ ? idleFor(line, second) : gone(line, field, second) * scale
    return label sprintf("%.0f", value)
}
# How far a counter went since the start of lk.
function gone(line, field, second) {
    if (stops != "" && second > stops && name ~ /^net_/) second = resumes != "" && second > resumes ? second - (resumes - stops) : stops
    return recorded(moment(second), line, field) - recorded(moment(0), line, field) \
        + roundsAt(second) * (recorded(edge[2], line, field) - recorded(edge[1], line, field))
}
# A processor that does less is idle for the rest of the time.
function idleFor(line, second,   field, all, busy) {
    for (field = 2; field <= 11; field++) {
        all += gone(line, field, second)
        if (field != 5) busy += gone(line, field, second) * scale
    }
    return all > busy ? all - busy : 0
}
function recorded(second, line, field,   a) {
    for (a = 1; a < times - 1 && time[a + 1] <= second; a++);
    return cell[a, line, field] + (cell[a + 1, line, field] - cell[a, line, field]) * (second - time[a]) / (time[a + 1] - time[a])
}
