"use strict";
(() => {
  const charts = JSON.parse(document.getElementById("chart-data").textContent);
  const color = name => getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim();
  const palette = () => ["line-1", "line-2", "good", "bad"].map(color);
  const clock = new Intl.DateTimeFormat("en-GB", { timeZone: "UTC", hour: "2-digit", minute: "2-digit", second: "2-digit" });
  const local = new Intl.DateTimeFormat(undefined, { hour: "2-digit", minute: "2-digit", second: "2-digit", timeZoneName: "short" });

  const digits = value => value >= 100 ? Math.round(value) : Number(value.toPrecision(3));
  const scaled = (value, unit) => {
    for (const [size, prefix] of [[1e12, "T"], [1e9, "G"], [1e6, "M"], [1e3, "k"]])
      if (Math.abs(value) >= size) return `${digits(value / size)} ${prefix}${unit}`;
    return `${digits(value)} ${unit}`;
  };
  const show = (value, unit) => {
    if (value === null || value === undefined || Number.isNaN(value)) return "not measured";
    switch (unit) {
      case "Ratio": return `${Number((100 * value).toFixed(2))} %`;
      case "Seconds": return Math.abs(value) < 1 ? `${digits(1000 * value)} ms` : `${digits(value)} s`;
      case "BitsPerSecond": return scaled(value, "bps");
      case "Bytes": return scaled(value, "B");
      default: return value.toLocaleString("en-US", { maximumFractionDigits: 1 });
    }
  };

  const spans = chart => chart.spans.map(span => [
    span.name === "stall" // below the phase that it is in
      ? { xAxis: span.from, name: "no media", label: { position: "inside", color: color("ink") }, itemStyle: { color: color("stall"), opacity: 0.45 } }
      : { xAxis: span.from, name: span.name, itemStyle: { color: color(span.name), opacity: 0.6 } },
    { xAxis: span.to },
  ]);

  // A legend that does not fit into one row pushes the chart down instead of lying on it.
  const legendRows = (chart, box) => Math.ceil(chart.lines.reduce((width, line) => width + 45 + 7 * line.name.length, 0) / box.clientWidth);

  const frame = (chart, box) => ({
    animation: false,
    backgroundColor: "transparent",
    color: palette(),
    textStyle: { color: color("ink"), fontFamily: "system-ui, sans-serif" },
    legend: { show: chart.lines.length > 1 && chart.kind !== "Cells", top: 0, textStyle: { color: color("ink") }, 
      ...(chart.kind === "Time" ? { itemWidth: 36, itemStyle: { opacity: 0 } } : { icon: "roundRect" }) },
    // A time of day at either end of the axis is wider than what ECharts leaves for it.
    grid: { left: chart.kind === "Time" ? 18 : 8, right: chart.kind === "Time" ? 30 : 16, top: chart.lines.length > 1 ? 14 + 20 * legendRows(chart, box) : 18, bottom: 8, containLabel: true },
    // The policy of this page lets no markup carry styles; text drawn on the canvas needs none.
    tooltip: { renderMode: "richText", confine: true, backgroundColor: color("card"), borderColor: color("rule"), textStyle: { color: color("ink") } },
  });

  const axes = unit => ({
    axisLabel: { color: color("soft"), hideOverlap: true, formatter: unit === undefined ? undefined : value => show(value, unit) },
    axisLine: { lineStyle: { color: color("soft") } },
    splitLine: { show: unit !== undefined, lineStyle: { color: color("rule") } },
  });

  // All charts over time share one axis, so that what happened at the same moment lines up.
  const times = charts.filter(chart => chart.kind === "Time").flatMap(chart => chart.lines.flatMap(line => [line.times[0], line.times.at(-1)]));
  const period = times.length === 0 ? {} : { min: Math.min(...times), max: Math.max(...times) };

  const happened = chart => chart.marks.map(mark => ({
    xAxis: mark.at, lineStyle: { color: color("ink"), type: "dotted", width: 1.5 },
    label: { formatter: mark.name, color: color("ink"), position: "insideEndTop", rotate: 90, distance: [4, 4] },
  }));

  // Shape as well as colour shows the outcome of a step; the line leads through what is known of the cluster.
  const outcomes = { held: ["circle", "good"], broke: ["triangle", "bad"], "generators saturated": ["diamond", "doubt"], unclear: ["emptyRect", "soft"] };

  const bySize = (chart, box) => ({
    ...frame(chart, box),
    legend: { ...frame(chart, box).legend, show: true, icon: undefined, itemWidth: 14, data: chart.lines.map(line => line.name) },
    grid: { ...frame(chart, box).grid, top: 34, bottom: 26 },
    tooltip: {
      ...frame(chart, box).tooltip, trigger: "item",
      formatter: point => `${point.value[0].toLocaleString("en-US")} participants\n${point.seriesName}: ${show(point.value[1], chart.lines[0].unit)}`,
    },
    xAxis: { type: "value", min: 0, name: "participants", nameLocation: "middle", nameGap: 26, nameTextStyle: { color: color("soft") }, ...axes(), splitLine: { show: false } },
    yAxis: {
      type: "value", ...axes(chart.lines[0].unit), splitNumber: 4,
      ...(chart.lines[0].unit === "Ratio"
        ? { max: 1, min: least => Math.max(0, Math.floor(10 * Math.min(least.min, chart.limit ?? 1) - 0.01) / 10) }
        : { min: 0, max: most => chart.limit !== null && most.max < 1.2 * chart.limit ? 1.2 * chart.limit : null }),
    },
    series: [
      ...chart.lines.map((line, index) => ({
        name: line.name, type: "scatter", symbol: outcomes[line.name][0], symbolSize: 13, z: 3, itemStyle: { color: color(outcomes[line.name][1]), opacity: 1 },
        data: line.values.map((value, at) => [line.participants[at], value]), markLine: index === 0 ? limit(chart) : undefined,
      })),
      {
        type: "line", silent: true, symbol: "none", lineStyle: { color: color("soft"), width: 1.5 }, tooltip: { show: false },
        data: chart.lines.filter(line => line.name === "held" || line.name === "broke").flatMap(line => line.values.map((value, at) => [line.participants[at], value])).sort((one, other) => one[0] - other[0]),
      },
    ],
  });

  const limit = chart => chart.limit === null && chart.marks.length === 0 ? undefined : {
    silent: true, symbol: "none", data: [...(chart.limit === null ? [] : [{ yAxis: chart.limit }]), ...happened(chart)], lineStyle: { color: color("bad"), type: "dashed" },
    label: { formatter: line => chart.limitName ?? show(line.value, chart.lines[0].unit), color: color("bad"), position: "insideEndTop" },
  };

  const top = chart => chart.lines[0].unit === "Ratio" ? largest => Math.max(1, largest.max) : undefined;

  const overTime = (chart, box) => ({
    ...frame(chart, box),
    tooltip: {
      ...frame(chart, box).tooltip, trigger: "axis",
      formatter: points => [`${clock.format(points[0].value[0])} UTC`, `${local.format(points[0].value[0])}`,
        ...points.map(point => `${point.seriesName}: ${show(point.value[1], chart.lines[point.seriesIndex].unit)}`)].join("\n"),
    },
    xAxis: { type: "time", ...period, ...axes(), axisLabel: { color: color("soft"), hideOverlap: true, formatter: value => clock.format(value) } },
    // Room above the lines for the names of the spans.
    yAxis: { type: "value", min: 0, max: top(chart), boundaryGap: [0, "12%"], minInterval: chart.lines.every(line => line.values.every(value => value === null || Number.isInteger(value))) ? 1 : 0, ...axes(chart.lines[0].unit) },
    series: chart.lines.map((line, index) => ({
      name: line.name, type: "line", symbol: "none", connectNulls: false,
      ...(line.beside === null ? { lineStyle: { width: 2, type: ["solid", "dotted", [10, 3, 2, 3]][index % 3] } }
        : { color: palette()[line.beside], lineStyle: { width: 1.5, type: [6, 4], color: palette()[line.beside], opacity: 0.75 } }),
      data: line.times.map((time, at) => [time, line.values[at]]),
      markArea: index === 0 ? { silent: true, label: { color: color("soft"), position: "insideTop" }, data: spans(chart) } : undefined,
      markLine: index === 0 ? limit(chart) : undefined,
    })),
  });

  const byName = (chart, box) => ({
    ...frame(chart, box),
    tooltip: {
      ...frame(chart, box).tooltip, trigger: "axis", axisPointer: { type: "shadow" },
      formatter: points => [points[0].name, ...points.map(point => `${point.seriesName}: ${show(point.value, chart.lines[point.seriesIndex].unit)}`)].join("\n"),
    },
    xAxis: { type: "category", data: chart.names, ...axes() },
    yAxis: { type: "value", max: top(chart), ...axes(chart.lines[0].unit) },
    series: chart.lines.map((line, index) => ({
      name: line.name, type: chart.kind === "Bars" ? "bar" : "scatter", barMaxWidth: 40,
      symbol: ["circle", "triangle", "diamond", "rect"][index % 4], symbolSize: chart.names.length > 200 ? 4 : 9,
      data: line.values, markLine: index === 0 ? limit(chart) : undefined,
    })),
  });

  const cells = (chart, box) => {
    const line = chart.lines[box.dataset.line || 0];
    const columns = Math.max(1, Math.min(chart.names.length, Math.floor(box.clientWidth / (chart.names.length > 100 ? 16 : 56))));
    const rows = Math.ceil(chart.names.length / columns);
    box.style.height = `${Math.max(120, rows * (chart.names.length > 100 ? 16 : 40) + 56)}px`;
    const [worst, best] = line.scale;
    const shades = worst < best ? [color("line-2"), color("line-1")] : [color("line-1"), color("line-2")];
    const at = index => [index % columns, Math.floor(index / columns)];
    return {
      ...frame(chart, box),
      grid: { left: 0, right: 0, top: 0, bottom: 48 },
      tooltip: { ...frame(chart, box).tooltip, formatter: cell => `${chart.names[cell.data.index]}\n${line.name}: ${show(line.values[cell.data.index], line.unit)}` },
      xAxis: { type: "category", show: false, data: [...Array(columns).keys()] },
      yAxis: { type: "category", show: false, inverse: true, data: [...Array(rows).keys()] },
      visualMap: {
        type: "continuous", min: Math.min(worst, best), max: Math.max(worst, best), dimension: 2, seriesIndex: 0, orient: "horizontal", left: "center", bottom: 0,
        itemHeight: Math.min(200, box.clientWidth / 3), text: [show(Math.max(worst, best), line.unit), show(Math.min(worst, best), line.unit)],
        textStyle: { color: color("ink") }, inRange: { color: shades },
      },
      series: [
        {
          type: "heatmap", itemStyle: { borderColor: color("card"), borderWidth: 2 },
          label: { show: chart.names.length <= 100, color: color("card"), formatter: cell => chart.names[cell.data.index].slice(0, 7) },
          data: line.values.flatMap((value, index) => value === null ? [] : [{ value: [...at(index), value], index }]),
        },
        {
          type: "scatter", symbol: "rect", symbolSize: 8, itemStyle: { color: "transparent", borderColor: color("soft"), borderType: "dashed" },
          data: line.values.flatMap((value, index) => value === null ? [{ value: at(index), index }] : []),
        },
      ],
    };
  };

  const boxes = [...document.querySelectorAll("[data-chart]")];
  const option = (chart, box) => ({ Time: overTime, Bars: byName, Dots: byName, Cells: cells, Steps: bySize })[chart.kind](chart, box);
  const draw = box => {
    const settings = option(charts[box.dataset.chart], box);
    const drawn = echarts.getInstanceByDom(box) || echarts.init(box);
    drawn.resize();
    drawn.setOption(settings, true);
    return drawn;
  };
  const drawAll = () => boxes.forEach(draw);

  boxes.forEach(box => {
    const chart = charts[box.dataset.chart];
    const drawn = draw(box);
    if (chart.kind === "Time") drawn.group = "time";
    if (chart.kind !== "Cells") return;
    const select = document.createElement("select");
    const label = Object.assign(document.createElement("label"), { className: "tool", textContent: "Coloured by " });
    select.append(...chart.lines.map((line, index) => new Option(line.name, index)));
    select.addEventListener("change", () => { box.dataset.line = select.value; draw(box); });
    label.append(select);
    box.before(label);
  });
  echarts.connect("time");
  for (const query of ["print", "(prefers-color-scheme: dark)"])
    matchMedia(query).addEventListener("change", drawAll);
  let waiting;
  addEventListener("resize", () => { cancelAnimationFrame(waiting); waiting = requestAnimationFrame(drawAll); });

  const elsewhere = new Date().getTimezoneOffset() !== 0;
  document.querySelectorAll("time[datetime]").forEach(time => elsewhere && time.append(` (${new Date(time.dateTime).toLocaleString(undefined, { timeZoneName: "short" })})`));
})();
