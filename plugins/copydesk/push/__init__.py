"""Articles that come by themselves: WebSub hubs, partners' signed webhook, message queues.

Whatever knocks is checked here first (signature, time, size, rate); what is refused is counted and becomes no entry.
"""
