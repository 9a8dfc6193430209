"""What stands between the network and the API: who may come in, how much, and what is told of it. All pure ASGI."""
