/** The configurations that nginx and nginxrun both run; `@name` is an address of its own. */
export const addresses = ['core', 'small', 'loose', 'files', 'guard', 'pass', 'behind'] as const;

export type Address = (typeof addresses)[number];

const core = String.raw`
server {
    listen @core;
    server_name first;
    large_client_header_buffers 2 1k;
    client_max_body_size 100;
    root html;
    location / { return 200 "uri=$uri args=$args request_uri=$request_uri host=$host\n"; }
    location /status/ { location /status/204 { return 204; } location /status/404 { return 404; } location /status/500 { return 500; }
        location /status/444 { return 444; } location /status/418 { return 418; } location /status/503t { return 503 "later"; } location /status/201 { return 201; }
        location /status/303 { return 303 /see; } location /status/307 { return 307 http://other/x; } location /status/409 { return 409; } location /status/402 { return 402; }
        location /status/304 { return 304; } location /status/300 { return 300 many; } location /status/599 { return 599; } location /status/494 { return 494; } location /status/308 { return 308 /x; } }
    location /move { return 301 /else?a=b; }
    location /found { return http://elsewhere/; }
    location /files/ { alias html/; }
    location /static/ { root html; }
    location /plain { default_type text/x-plain; return 200 plain; }
    location ~ ^/re/(?<word>\w+)/(\d+)$ { return 200 "$word-$2\n"; }
    location ^~ /re/keep/ { return 200 "kept\n"; }
    location = /re/exact/1 { return 200 "exact\n"; }
    location /nest/ { return 200 outer; location /nest/a/ { return 200 inner; } location ~ \.x$ { return 200 "inner regex"; } }
    location ~ \.x$ { return 200 "outer regex"; }
    location @named { return 200 "named $uri $status\n"; }
    location /err/ { error_page 404 /error404; error_page 403 =200 /error403; error_page 405 @named; error_page 410 = /gone; error_page 500 http://else/500; error_page 501 =301 /moved;
        location /err/404 { return 404; } location /err/403 { return 403; } location /err/405 { return 405; } location /err/410 { return 410; } location /err/500 { return 500; } location /err/501 { return 501; } location /err/lost { error_page 404 @lost; return 404; } }
    location /error404 { return 200 "was not found\n"; }
    location /error403 { return 403; }
    location /gone { return 202 "gone\n"; }
    location /hidden { internal; return 200 "seen\n"; }
    location /tokens { server_tokens off; return 404; }
    location /rel { absolute_redirect off; return 301 /else; }
    location /noport { port_in_redirect off; return 301 /else; }
    location /named-host { server_name_in_redirect on; return 301 /else; }
    location /rw/ { rewrite ^/rw/loop /rw/loop last; rewrite ^/rw/a/(.*)$ /b/$1 last; rewrite ^/rw/q/(.*)$ /b/?q=$1 last; rewrite ^/rw/drop/(.*)$ /b/$1? last; rewrite ^/rw/r/(.*)$ /b/$1 redirect; rewrite ^/rw/p/(.*) http://else/$1 permanent; rewrite ^/rw/two/(.*) /rw/second/$1; rewrite ^/rw/second/(.*) /b/two-$1 break; return 200 "rw $uri\n"; }
    location /set/ { set $x "a$arg_v"; set $y "$x-$x"; if ($arg_v = 1) { return 200 "one $y\n"; } if ($arg_v ~ ^(2|3)$) { set $z "m$1"; return 200 "two $y $z\n"; } if ($request_method = POST) { return 405; } return 200 "else $y\n"; }
    location /add/ { add_header X-A "a $uri"; add_header X-Always b always; add_header X-Empty ""; add_header Cache-Control private; expires 1h; return 200 added\n;
        location /add/none { add_header X-C c; return 404; } location /add/always { return 404; } location /add/move { return 301 /x; } location /add/off { expires off; return 200 x; } location /add/max { expires max; return 204; } location /add/epoch { expires epoch; return 200 x; } location /add/zero { expires 0; return 200 x; } location /add/minus { expires -1; return 200 x; } location /add/var { set $e max; expires $e; return 200 x; } location /add/badvar { expires $arg_none; return 200 x; } location /add/lm { alias html/; expires modified +1d; add_header ETag '"own"'; } location /add/lastmod { add_header Last-Modified "Tue, 14 Nov 2023 22:13:20 GMT"; return 200 x; } }
    location /try/ { root html; try_files $uri $uri/ /a.txt-$arg_n =404; location /try/last/ { try_files /none /a.txt?x=1; } location /try/code/ { try_files /none =410; } location /try/named/ { try_files /none @named; } location /try/found/ { try_files /none /noext; } }
    location /tryalias/ { alias html/; try_files $uri $uri/ =404; }
    location ~ ^/tryre/(.*)$ { alias html/$1; try_files "" =404; }
    location /ifs/ { add_header X-Outer o; if ($arg_a) { add_header X-A a; } if ($arg_b) { add_header X-B b; } return 200 "ifs\n"; }
    location /iffile/ { root html; if (-f $document_root/a.txt) { return 200 "file\n"; } return 200 "none\n"; }
    location /ifdir/ { if (!-d $document_root/none) { return 200 "no dir\n"; } return 200 "dir\n"; }
    location /limit/ { limit_except GET { access_log off; } alias html/; }
    location /recursive/ { recursive_error_pages on; error_page 404 /recursive/more; error_page 403 =201 /plain; location /recursive/more { return 403; } return 404; }
    location /cycle/ { recursive_error_pages on; error_page 404 /cycle/x; return 404; }
    location /breaks/ { rewrite ^ /breaks/x; break; rewrite ^ /b; return 200 never; }
    location /kat { keepalive_timeout 75 20; return 200 ok; }
    location /nokeep { keepalive_timeout 0; return 200 ok; }
    location /vars { return 200 "$scheme $server_name $server_protocol $request_method $is_args $http_x_a $cookie_a $content_length $content_type $document_root $request_filename $query_string $https|$request|$remote_addr $sent_http_x\n"; }
}
server { listen @core; server_name second *.wild.example tail.* .dot.example; return 200 "second $server_name host=$host\n"; }
server { listen @core; server_name ~^r(?<n>\d+)\.example$; return 200 "regex $n\n"; }
server { listen @core; server_name ""; return 200 "no name host=$host http_host=$http_host\n"; }
server { listen @core; server_name 127.0.0.1 [::1] xn--bcher-kva.example; return 200 "address host=$host\n"; }
`;

/** Narrow limits, and a server for each way to read headers. */
const limits = String.raw`
server { listen @small; client_header_buffer_size 128; connection_pool_size 256; large_client_header_buffers 3 256; client_max_body_size 16; client_body_buffer_size 8; max_ranges 2; keepalive_requests 3;
    error_page 400 /e400; error_page 413 /e413; error_page 414 /e414; error_page 494 /e494; error_page 405 /e405; root html;
    location / { return 200 "$request_method $uri $args|$http_x|$http_host\n"; }
    location /e4 { internal; return 200 "page $status $uri $request\n"; }
    location = /a.txt { } location = /static/b.txt { } }
server { listen @loose; server_name loose; ignore_invalid_headers off; underscores_in_headers on; merge_slashes off; server_tokens off; keepalive_disable none; chunked_transfer_encoding off; client_body_in_single_buffer on; root html;
    location / { return 200 "uri=$uri args=$args x=$http_x_a|$http_x|$http_xbad\n"; }
    location //two { return 200 "two slashes\n"; } location /files/ { alias html/; autoindex on; } location = /exact { return 200 exact; } location = / { return 200 root; } location ^~ /pre { return 200 pre; } location ~* \.(?<e>JPE?G|png)$ { return 200 "picture $e"; } location ~ ^/(?<a>[^/]*)//(?<b>.*)$ { return 200 "$a and $b"; } location /%41 { return 200 "percent"; } location "/a b" { return 200 "blank"; } }
server { listen @loose; server_name strict; ignore_invalid_headers on; underscores_in_headers off; return 200 "strict $http_x_a|$http_x\n"; }
`;

const filesServer = String.raw`
server { listen @files; root html; gzip_types text/plain; gzip_min_length 10; etag on; charset_types text/plain;
    location / { autoindex off; }
    location /dir/ { index none.html index.html; }
    location /list/ { alias html/; autoindex on; autoindex_exact_size off; }
    location /json/ { alias html/; autoindex on; autoindex_format json; }
    location /xml/ { alias html/; autoindex on; autoindex_format xml; }
    location /exact/ { alias html/; if_modified_since exact; }
    location /before/ { alias html/; if_modified_since before; }
    location /off/ { alias html/; if_modified_since off; etag off; }
    location /one/ { alias html/; max_ranges 1; }
    location /none/ { alias html/; max_ranges 0; }
    location /gz/ { alias html/; gzip on; gzip_vary on; gzip_proxied any; }
    location /gz0/ { alias html/; gzip on; gzip_http_version 1.0; gzip_disable "MSIE [1-6]\."; }
    location /gs/ { alias html/; gzip_static on; }
    location /gsa/ { alias html/; gzip_static always; gunzip on; }
    location /sub/ { alias html/; sub_filter "o" "00"; sub_filter_types text/plain; sub_filter_once off; sub_filter_last_modified on; }
    location /charset/ { alias html/; charset utf-8; }
    location /types/ { alias html/; types { a/b txt; } default_type ""; }
    location /trail/ { alias html/; add_trailer X-T "t $uri"; add_header Trailer X-T; }
    location /gif { empty_gif; }
    location /links/ { alias html/; disable_symlinks on; }
    location /rand/ { alias html/rand/; random_index on; }
    location /open/ { alias html/; open_file_cache max=10; open_file_cache_errors on; }
    location /dav/ { alias dav/; dav_methods PUT DELETE MKCOL COPY MOVE; create_full_put_path on; client_max_body_size 50; }
    location /secure/ { alias html/; secure_link $arg_md5,$arg_expires; secure_link_md5 "$secure_link_expires$uri k"; if ($secure_link = "") { return 403; } if ($secure_link = "0") { return 410; } }
}
`;

/** Who may come in; what variables say of a request. */
const guard = String.raw`
map $http_user_agent $agent { default other; ~*curl curl; ~^Moz(?<v>\d) "moz $v"; "" none; "Exact Agent" exact; "~a b" blank; }
map $arg_host $by_name { hostnames; default -; .example.com dot; *.wild.org wild; tail.* tail; exact.net exact; ~^re(\d+)$ "re $1"; }
map $uri $looked { volatile; /guard/map $arg_a$arg_b; default "$args"; }
geo $arg_ip $place { default nowhere; 10.0.0.0/8 ten; 10.1.0.0/16 tenone; 192.168.1.1 one; ::/8 six; 127.0.0.0/8 home; }
geo $ranged { ranges; proxy 127.0.0.0/8; default out; 1.0.0.0-1.255.255.255 one; 2.2.2.2-2.2.2.2 two; }
split_clients "$arg_id" $half { 33.3% a; 33.3% b; * c; }
server { listen @guard; root html; userid off;
    location / { return 200 "$agent|$by_name|$looked|$place|$ranged|$half\n"; }
    location /auth/ { auth_basic "closed \"area\""; auth_basic_user_file html/users; alias html/; location /auth/off/ { auth_basic off; return 200 open; } location /auth/any/ { satisfy any; allow 127.0.0.1; deny all; return 200 "any $remote_user\n"; } location /auth/both/ { deny all; } location /auth/or/ { satisfy any; deny all; alias html/; } }
    location /deny/ { deny all; error_page 403 /forbidden; } location = /forbidden { allow all; return 200 "forbidden page\n"; }
    location /req/ { auth_request /ask; auth_request_set $asked $sent_http_x_asked; add_header X-Asked $asked; alias html/; }
    location = /ask { internal; add_header X-Asked "$arg_c" always; if ($arg_c = 401) { add_header WWW-Authenticate 'Basic realm="sub"' always; return 401; } if ($arg_c = 403) { return 403; } if ($arg_c = 500) { return 500; } return 204; }
    location /limit/ { limit_except GET POST { deny all; } return 200 "limit $request_method\n"; }
    location /except/ { limit_except GET { deny all; } alias html/; }
    location /ref/ { valid_referers none blocked server_names *.good.example good.* ~\.regex\. www.path.example/p; if ($invalid_referer) { return 403; } return 200 "ok\n"; }
    location /real/ { set_real_ip_from 127.0.0.0/8; set_real_ip_from 10.0.0.0/8; real_ip_header X-Forwarded-For; real_ip_recursive on; add_header X-Who "$remote_addr"; alias html/; location /real/one/ { real_ip_recursive off; return 404; } location /real/x/ { real_ip_header X-Real-IP; alias html/; } }
    location /who/ { set_real_ip_from 127.0.0.0/8; real_ip_header X-Real-IP; add_header X-Who $remote_addr:$realip_remote_addr; alias html/; }
    location /cookie { return 200 "$cookie_a|$cookie_b|$cookie_a_b|$http_cookie|$arg_a|$arg_B|$arg_\n"; }
    location /type { return 200 "$content_type|$content_length|$http_accept|$http_range\n"; }
    location /if/ { if ($http_x_file ~* "^(?<stem>.+)\.(gif|jpg)$") { return 200 "stem $stem $2\n"; } if ($request_method !~ ^(GET|HEAD)$) { return 405; } if (-e $document_root/$arg_f) { return 200 "exists\n"; } if ($arg_f) { return 404 "no file $arg_f\n"; } return 200 "plain\n"; }
}
`;

/** A proxy in front of a server that tells what it got. */
const pass = String.raw`
server { listen @pass; proxy_http_version 1.1; proxy_set_header Connection ""; client_max_body_size 2000;
    location / { proxy_pass http://@behind; }
    location /uri/ { proxy_pass http://@behind/other/; }
    location /raw/ { proxy_pass http://@behind; proxy_request_buffering off; }
    location /old/ { proxy_http_version 1.0; proxy_pass http://@behind; }
    location /var/ { set $t @behind; proxy_pass http://$t$request_uri; }
    location /echo { proxy_pass http://@behind/body; proxy_set_header X-Body $request_body; }
    location /nobody { proxy_pass http://@behind; proxy_pass_request_body off; proxy_set_header Content-Length ""; }
    location /nofields { proxy_pass http://@behind; proxy_pass_request_headers off; }
    location /catch { proxy_intercept_errors on; error_page 404 = /caught; proxy_pass http://@behind/status404; } location /caught { return 200 "caught $uri\n"; }
}
server { listen @behind; client_max_body_size 0; root html;
    location / { return 200 "$request|$http_host|$http_connection|$http_transfer_encoding|$content_length|$http_x|$http_te|$http_upgrade|$http_expect|$http_x_forwarded_for|$http_x_body\n"; }
    location /status404 { return 404; } location /a.txt { } location /moved { return 302 http://behind:1/else; } location /rel/ { return 301 /uri/x; }
}
`;

/** What stands in `http { }`. */
export const configuration = [core, limits, filesServer, guard, pass].join('\n');

/** Files below the prefix, all of one age. */
export const files: Readonly<Record<string, string>> = {
  'html/a.txt': 'hello\n',
  'html/index.html': '<p>index</p>\n',
  'html/dir/index.html': 'dir\n',
  'html/empty/x': '',
  'html/a.html': 'x',
  'html/noext': 'n',
  'html/static/b.txt': '0123456789',
  'html/long.txt': 'to be or not to be\n'.repeat(400),
  'html/long.html': '<b>to be or not to be</b>\n'.repeat(10),
  'html/sp ace/q?&"<>.txt': 'odd name',
  'html/%41.txt': 'percent',
  'html/caf\xe9.txt': 'latin1',
  'html/.hidden': 'hidden',
  'html/rand/only.txt': 'the only one',
  'dav/old.txt': 'old\n',
  'html/pre.txt': 'not packed',
  'html/users':
    'ann:{PLAIN}secret\nbob:$apr1$rI4nzsbS$p3ylNtpJMpDmSB.7cqsuN/\nsha:{SHA}5en6G6MezRroT3XKqkdPOmY/BfQ=\nempty:\n# note:x\ncol:{PLAIN}a:b\n',
};

/** In seconds since 1970: Tue, 14 Nov 2023 22:13:20 GMT. */
export const modified = 1_700_000_000;
