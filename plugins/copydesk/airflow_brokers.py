"""Reading queues through the hooks of Airflow's providers: each message with the way to say that it was taken in.

What keeps messages (a Redis stream, Kafka) is told only when a message is committed to the frontier, so nothing is lost
with the triggerer. Redis' pub/sub keeps none.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import TYPE_CHECKING, Any

from asgiref.sync import sync_to_async

from copydesk.errors import CopydeskError
from copydesk.push.queue import Delivery

if TYPE_CHECKING:
    from airflow.providers.apache.kafka.hooks.consume import KafkaConsumerHook
    from confluent_kafka import Consumer
    from redis import Redis

WAIT_SECONDS = 1.0
MESSAGES_AT_ONCE = 100
CONSUMER = "copydesk"
"""One name for all triggerers: Airflow runs a trigger in one of them, and another one goes on where that stopped."""

Messages = AsyncGenerator[Delivery]


class BrokerError(CopydeskError):
    """A broker says that something is wrong."""


async def redis_pubsub(
    channels: str | Sequence[str], redis_conn_id: str = "redis_default", **_for_the_provider: object
) -> Messages:
    """The messages of Redis channels. Stays subscribed, where the provider's own trigger subscribes anew for each one.

    What is published while nobody is subscribed is lost, as Redis has it.
    """
    redis = await _redis(redis_conn_id)
    subscription = redis.pubsub(ignore_subscribe_messages=True)  # type: ignore[no-untyped-call]
    try:
        await asyncio.to_thread(subscription.subscribe, *_names(channels))
        while True:
            message = await asyncio.to_thread(subscription.get_message, timeout=WAIT_SECONDS)
            if message is not None:
                yield Delivery(message)
    finally:
        subscription.close()


async def redis_stream(stream: str, group: str = "copydesk", redis_conn_id: str = "redis_default") -> Messages:
    """The messages of a Redis stream, read as a consumer group that begins with the stream's first message.

    First those that were read before and not taken in; they are read again until they are.
    """
    redis = await _redis(redis_conn_id)
    await asyncio.to_thread(_make_group, redis, stream, group)
    after = "0"
    while True:
        read = partial(redis.xreadgroup, group, CONSUMER, {stream: after}, MESSAGES_AT_ONCE, int(WAIT_SECONDS * 1000))
        answer: Any = await asyncio.to_thread(read)
        messages = answer[0][1] if answer else []
        for key, fields in messages:  # a message that was trimmed away meanwhile has no fields
            yield Delivery(_plain(fields or {}), partial(asyncio.to_thread, redis.xack, stream, group, key))
        after = messages[-1][0] if messages and after != ">" else ">"


async def kafka(topics: str | Sequence[str], kafka_config_id: str = "kafka_default") -> Messages:
    """The messages of Kafka topics; an offset is committed only when its message was taken in.

    The provider's own trigger commits before, and makes a consumer anew for each message. Raises BrokerError when Kafka
    complains, and for a connection that lets offsets be committed by time.
    """
    from airflow.providers.apache.kafka.hooks.consume import KafkaConsumerHook  # noqa: PLC0415 - an extra

    hook = KafkaConsumerHook(topics=_names(topics), kafka_config_id=kafka_config_id)
    consumer = await sync_to_async(_consumer)(hook)
    thread = ThreadPoolExecutor(1, "kafka")  # one: a consumer may not be closed while another thread polls
    asked = partial(asyncio.get_running_loop().run_in_executor, thread)
    try:
        while True:
            message = await asked(consumer.poll, WAIT_SECONDS)
            if message is None:
                continue
            if message.error():
                raise BrokerError(str(message.error()))
            commit = partial(consumer.commit, message=message, asynchronous=False)
            yield Delivery(message.value(), partial(asked, commit))
    finally:
        await asked(consumer.close)
        thread.shutdown(wait=False)


async def any_provider(scheme: str, **options: Any) -> Messages:  # noqa: ANN401 - the provider knows their types
    """The messages of any other provider of common.messaging, by its own trigger, which ends after each one."""
    from airflow.providers.common.messaging.triggers.msg_queue import MessageQueueTrigger  # noqa: PLC0415

    while True:
        async for event in MessageQueueTrigger(scheme=scheme, **options).trigger.run():
            yield Delivery(event.payload)


BROKERS: Mapping[str, Callable[..., Messages]] = {
    "redis+pubsub": redis_pubsub,
    "redis+stream": redis_stream,
    "kafka": kafka,
}


def messages(scheme: str, options: Mapping[str, Any]) -> Messages:
    """The messages of the queue that a scheme and its options name."""
    reader = BROKERS.get(scheme)
    return reader(**options) if reader else any_provider(scheme, **options)


async def _redis(connection_id: str) -> Redis:
    from airflow.providers.redis.hooks.redis import RedisHook  # noqa: PLC0415 - only where Redis is the queue

    client: Redis = await sync_to_async(RedisHook(redis_conn_id=connection_id).get_conn)()
    return client


def _consumer(hook: KafkaConsumerHook) -> Consumer:
    extra = hook.get_connection(hook.kafka_config_id).extra_dejson
    if str(extra.get("enable.auto.commit")).lower() != "false":
        raise BrokerError(
            f'set "enable.auto.commit": false in connection {hook.kafka_config_id}: '
            "messages would be lost when the triggerer ends"
        )
    return hook.get_consumer()


def _make_group(redis: Redis, stream: str, group: str) -> None:
    from redis.exceptions import ResponseError  # noqa: PLC0415

    try:
        redis.xgroup_create(stream, group, id="0", mkstream=True)
    except ResponseError as error:
        if not str(error).startswith("BUSYGROUP"):  # there is one already
            raise


def _names(names: str | Sequence[str]) -> list[str]:
    return [names] if isinstance(names, str) else list(names)


def _plain(fields: Mapping[bytes, bytes]) -> dict[str, str]:
    return {name.decode("utf-8", "replace"): value.decode("utf-8", "replace") for name, value in fields.items()}
