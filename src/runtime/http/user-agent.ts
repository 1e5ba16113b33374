/** True for Internet Explorer (ngx_http_process_user_agent: msie). */
export function isMsie(agent: string): boolean {
  const at = agent.indexOf('MSIE ');
  return at >= 0 && at + 7 < agent.length && !agent.includes('Opera');
}

/** True for Internet Explorer 4 to 6 before service pack 2 of Windows XP (ngx_http_process_user_agent: msie6). */
export function isMsie6(agent: string): boolean {
  return /MSIE [45]\.|MSIE 6\.(?!.*SV1)/.test(agent) && !agent.includes('Opera');
}
