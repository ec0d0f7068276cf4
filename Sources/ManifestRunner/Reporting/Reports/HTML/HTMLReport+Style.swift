extension HTMLReport {
    /// How the page looks, in light and dark.
    static let style: StaticString = """
        :root{--page:#f4f5f8;--card:#fff;--text:#1c2128;--soft:#5a6472;--line:#e2e5eb;--accent:#4255d4;--good:#14784a;
        --bad:#c22a36;--warn:#8a5a00;--good-back:#e3f5ea;--bad-back:#fdeaec;--warn-back:#fdf2d6;--none-back:#edeff3;
        --hover:#f0f2f7;--log:#14181f;--log-text:#d5dbe3;--log-soft:#7d8895;--log-line:#262c36;--shadow:0 1px 2px #1018280d,
        0 4px 16px #1018280a;--k-commands:#5468e0;--k-pull:#e8890c;--k-upload:#0d9f74;--k-start:#8655ea;--k-artifacts:#d8458c;
        --k-credentials:#0f8fb3;--k-connect:#7b8794;--k-other:#cfd5dd;--whole:#5468e01f;color-scheme:light dark}
        @media(prefers-color-scheme:dark){:root{--page:#0d1015;--card:#151a21;--text:#e4e8ee;--soft:#96a1af;--line:#272e38;
        --accent:#93a1ff;--good:#4fcf8e;--bad:#ff7d86;--warn:#e5b54a;--good-back:#12301f;--bad-back:#3a161b;--warn-back:#342709;
        --none-back:#232a34;--hover:#1c222b;--log:#0a0d11;--log-line:#1e242d;--shadow:none;--k-commands:#7384f5;
        --k-pull:#f0a040;--k-upload:#2cb98b;--k-start:#a37df2;--k-artifacts:#e769a6;--k-credentials:#35aed0;
        --k-other:#3a4350;--whole:#7384f529}}
        *{box-sizing:border-box}[hidden]{display:none!important}
        html{scroll-padding-top:4.5rem}
        body{margin:0;background:var(--page);color:var(--text);font:15px/1.5 system-ui,-apple-system,"Segoe UI",Roboto,
        "Helvetica Neue",Arial,sans-serif;overflow-wrap:anywhere}
        header,main,footer,.bar{max-width:1240px;margin:0 auto;padding:0 1.5rem}
        h1,h2,h3,p,ul,ol,dl,dd{margin:0;padding:0}ol,ul{list-style:none}
        code,pre,.lines{font-family:ui-monospace,SFMono-Regular,"SF Mono",Menlo,Consolas,"Liberation Mono","DejaVu Sans Mono",
        monospace;font-size:.875em}
        h1,h3,code,td,.what,.title,.name{unicode-bidi:isolate}
        a{color:var(--accent);text-decoration:none}a:hover{text-decoration:underline}
        :focus-visible{outline:2px solid var(--accent);outline-offset:2px;border-radius:4px}
        .skip{position:absolute;left:-99rem}.skip:focus{left:1rem;top:1rem;z-index:9;background:var(--card);padding:.5rem 1rem}
        .unseen{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}
        .space{flex:1}
        header{padding-top:2.25rem;padding-bottom:1.25rem}
        .program{color:var(--soft);font-weight:600;letter-spacing:.01em}
        h1{font-size:2.1rem;line-height:1.25;letter-spacing:-.02em;display:flex;align-items:center;gap:.65rem}
        h1.passed{color:var(--good)}h1.failed{color:var(--bad)}
        .dot{width:.85rem;height:.85rem;border-radius:50%;background:currentColor;flex:none}
        .facts,.role{color:var(--soft)}.role{margin-top:1rem}.role .label{font-weight:600;margin-right:.35rem}
        .tiles{display:flex;flex-wrap:wrap;gap:.75rem;margin-top:1.25rem}
        .tiles div{background:var(--card);border:1px solid var(--line);border-radius:12px;padding:.6rem 1.1rem .7rem;
        min-width:7.5rem;box-shadow:var(--shadow)}
        dt{color:var(--soft);font-size:.8rem}dd{font-size:1.35rem;font-weight:650;letter-spacing:-.01em;
        font-variant-numeric:tabular-nums}.tiles .failed dd{color:var(--bad)}.tiles .cancelled dd{color:var(--warn)}
        .toolbar{position:sticky;top:0;z-index:5;background:color-mix(in srgb,var(--page) 88%,transparent);
        backdrop-filter:blur(10px);border-bottom:1px solid var(--line)}
        .bar{display:flex;align-items:center;gap:.4rem;flex-wrap:wrap;padding-top:.6rem;padding-bottom:.6rem}
        .search{flex:0 1 20rem;min-width:11rem}
        input{width:100%;font:inherit;color:inherit;background:var(--card);border:1px solid var(--line);border-radius:8px;
        padding:.3rem .7rem}
        button{font:inherit;font-size:.875rem;color:var(--text);background:var(--card);border:1px solid var(--line);
        border-radius:8px;padding:.3rem .7rem;cursor:pointer}
        button:hover{background:var(--hover)}button[aria-pressed=true]{background:var(--accent);border-color:var(--accent);
        color:var(--card)}
        .group{display:inline-flex}.group button{border-radius:0;margin-left:-1px}.group button:first-child{border-radius:8px 0 0
        8px}.group button:last-child{border-radius:0 8px 8px 0}
        #told{color:var(--soft);font-size:.875rem;padding:0 .35rem}
        main{padding-bottom:3rem}section{margin-top:2rem}
        h2{font-size:1.05rem;letter-spacing:-.005em;margin-bottom:.7rem}
        .card{background:var(--card);border:1px solid var(--line);border-radius:12px;box-shadow:var(--shadow)}
        .problems{margin-top:1.5rem;background:var(--bad-back);border:1px solid color-mix(in srgb,var(--bad) 35%,transparent);
        border-radius:12px;padding:.9rem 1.2rem}
        .problems li{margin-top:.45rem}.problems .cause{font-weight:600;white-space:pre-wrap}.hint{white-space:pre-wrap;color:var(--soft)}
        .badge{display:inline-block;font-size:.75rem;font-weight:600;line-height:1;padding:.28rem .55rem;border-radius:99px;
        white-space:nowrap}
        .badge.passed{color:var(--good);background:var(--good-back)}.badge.failed{color:var(--bad);background:var(--bad-back)}
        .problems .badge.failed{background:var(--card)}
        .badge.cancelled{color:var(--warn);background:var(--warn-back)}.badge.skipped{color:var(--soft);
        background:var(--none-back)}
        .uses{padding:1.1rem 1.2rem}.whole{display:block;border-radius:6px;overflow:hidden}
        .legend{display:flex;flex-wrap:wrap;gap:.3rem 1.6rem;margin-top:.9rem;font-size:.9rem}
        .amount,.time,.number{font-variant-numeric:tabular-nums;color:var(--soft)}
        .timeline{padding:.6rem .6rem .8rem}
        .row{display:grid;grid-template-columns:minmax(9rem,22rem) 1fr 4.5rem 5.5rem;gap:.8rem;align-items:center;
        padding:.14rem .6rem;border-radius:8px;font-size:.9rem}
        .row .name{overflow:hidden;text-overflow:ellipsis;white-space:nowrap;color:var(--text)}
        summary.row{font-weight:600;cursor:pointer}summary.row .name::before{content:"▸";display:inline-block;width:1.2rem;
        color:var(--soft);font-size:.8em}details[open]>summary.row .name::before{content:"▾"}.phase-rows{padding-top:.35rem}
        .row:not(.axis):hover{background:var(--hover)}.row li .name,.row .step{color:var(--soft)}
        li.row .name{padding-left:1.4rem}.row .time{text-align:right}.row .badge{justify-self:start}
        .track{display:block;overflow:visible}.axis text{font-size:11px;fill:var(--soft)}.grid{stroke:var(--line)}
        rect{rx:3px}.whole rect{rx:0}rect.whole{fill:var(--whole)}
        .k-commands{fill:var(--k-commands)}.k-pull{fill:var(--k-pull)}.k-upload{fill:var(--k-upload)}.k-start{fill:var(--k-start)}
        .k-artifacts{fill:var(--k-artifacts)}.k-credentials{fill:var(--k-credentials)}.k-connect{fill:var(--k-connect)}
        .k-other{fill:var(--k-other)}.k-failed{fill:var(--bad)}.k-cancelled{fill:var(--warn)}
        .track rect[class|=k]{stroke-width:1.5;stroke:none}
        .track .k-commands{stroke:var(--k-commands)}.track .k-failed{stroke:var(--bad)}.track .k-pull{stroke:var(--k-pull)}
        .track .k-start{stroke:var(--k-start)}.track .k-credentials{stroke:var(--k-credentials)}
        .track .k-upload{stroke:var(--k-upload)}.track .k-connect{stroke:var(--k-connect)}
        .phase{margin-top:.75rem;overflow:hidden}summary{list-style:none;cursor:pointer}
        summary::-webkit-details-marker{display:none}
        .phase>summary{display:flex;align-items:center;gap:.7rem;padding:.75rem 1.2rem}
        .phase>summary:hover,.command>summary:hover{background:var(--hover)}
        .phase>summary::before,.command>summary::before,.card>summary::before{content:"▸";color:var(--soft);width:.8rem;
        font-size:.8em;flex:none}.phase[open]>summary::before,.command[open]>summary::before,
        details.card[open]>summary::before{content:"▾"}
        h3{font-size:1rem}.place{color:var(--soft);font-size:.85rem}.reason,.after{padding:0 1.2rem .6rem 2.5rem;
        color:var(--soft);white-space:pre-wrap}
        .command{border-top:1px solid var(--line)}
        .command>summary{display:flex;align-items:center;gap:.7rem;padding:.45rem 1.2rem;font-size:.92rem}
        .command .title{white-space:nowrap;overflow:hidden;text-overflow:ellipsis;max-width:60%}
        .cause{color:var(--bad)}summary .time{min-width:4rem;text-align:right}
        .mark{width:.6rem;height:.6rem;border-radius:50%;flex:none;background:var(--soft);position:relative}
        .mark.passed{background:var(--good)}.mark.failed{background:var(--bad)}.mark.cancelled{background:var(--warn)}
        .mark.skipped{background:none;border:1.5px solid var(--soft)}
        .script{margin:0;padding:.6rem 1.2rem .6rem 3.4rem;color:var(--soft);white-space:pre-wrap;border-top:1px dashed
        var(--line)}
        .empty{padding:.3rem 1.2rem .7rem 3.4rem;color:var(--soft);font-size:.9rem}
        .lines{background:var(--log);color:var(--log-text);max-height:34rem;overflow:auto;padding:.7rem 0;line-height:1.5;
        tab-size:8}
        .lot{content-visibility:auto;contain-intrinsic-size:auto 1900px}
        .l{position:relative;padding:0 1.2rem 0 4.6rem;white-space:pre-wrap;min-height:1.5em;unicode-bidi:plaintext}
        .l::before{content:attr(data-n);position:absolute;left:0;width:3.6rem;text-align:right;color:var(--log-soft);
        user-select:none}
        .l.e{box-shadow:inset 3px 0 #b0545b}.l.hit{background:#c9a22733}.l.now{background:#c9a22766}
        ::highlight(found){background:#e8c341;color:#14181f}
        .only.searching .l:not(.hit),.only.searching .gap{display:none}
        .gap{margin:.35rem 1.2rem .35rem 4.6rem;padding:.2rem .8rem;border-radius:6px;background:var(--log-line);
        color:var(--log-soft)}
        table{width:100%;border-collapse:separate;border-spacing:0;background:var(--card);border:1px solid var(--line);
        border-radius:12px;box-shadow:var(--shadow)}
        th,td{text-align:left;padding:.5rem 1.2rem;font-size:.92rem;vertical-align:top}th{color:var(--soft);font-weight:600}
        td{border-top:1px solid var(--line)}th.number,td.number{text-align:right}
        details.card>summary:not(.row){display:flex;gap:.7rem;padding:.7rem 1.2rem;color:var(--soft)}
        details.phase>summary{color:var(--text)!important}
        .messages{padding:0 1.2rem .8rem;font-size:.9rem}.messages li{display:flex;gap:1rem;padding:.12rem 0}
        .when{flex:none;width:4.5rem;text-align:right;color:var(--soft);font-variant-numeric:tabular-nums}
        .what{white-space:pre-wrap}.what .hint{display:block}.messages .error .what{color:var(--bad)}
        .messages .warn .what{color:var(--warn)}.messages .success .what{color:var(--good)}
        footer{color:var(--soft);font-size:.85rem;padding-bottom:2rem}
        .f0{color:#5c6673}.f1{color:#ff7b85}.f2{color:#67d391}.f3{color:#e3b54b}.f4{color:#7aa7ff}.f5{color:#d59bf6}
        .f6{color:#5fd0da}.f7{color:#d5dbe3}.f8{color:#8a95a3}.f9{color:#ff9ea5}.f10{color:#8be5ac}.f11{color:#f2cd76}
        .f12{color:#a3c2ff}.f13{color:#e5bdfb}.f14{color:#8fe3ea}.f15{color:#fff}.fd{color:#14181f}
        .g0{background:#2a313b}.g1{background:#8f2f38}.g2{background:#1f6b43}.g3{background:#7c5a10}.g4{background:#2c4f99}
        .g5{background:#6b3d8c}.g6{background:#1d6a73}.g7{background:#aab3be;color:#14181f}.g8{background:#4a5462}
        .g9{background:#b3434d}.g10{background:#2d8757}.g11{background:#9a7420}.g12{background:#3d66bb}.g13{background:#8553a8}
        .g14{background:#2b8791}.g15{background:#e8ecf1;color:#14181f}.gd{background:#d5dbe3}
        .b{font-weight:700}.d{opacity:.65}.i{font-style:italic}.u{text-decoration:underline}.s{text-decoration:line-through}
        @media(max-width:720px){header,main,footer,.bar{padding-left:1rem;padding-right:1rem}.place{display:none}
        .row{grid-template-columns:minmax(6rem,9rem) 1fr 3.6rem;font-size:.82rem}.row .badge,.row>:nth-child(4){display:none}
        .l{padding-left:3.4rem}.l::before{width:2.6rem}}
        @media(prefers-reduced-motion:reduce){*{transition:none!important}}
        @media print{.toolbar{display:none}.lines{max-height:none}}

        """
}
