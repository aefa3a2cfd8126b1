"""A seeded office: people, sensors and equipment that publish as the real ones do.

``scenario`` decides who is where (the truth), ``sensors`` and ``equipment`` what
the devices notice, one file per source how they say it, ``disturb`` what goes
wrong on the way, ``link`` and ``run`` publish. Nothing here knows how the product
reads a message: of the rest only ``rooms.registry`` is used.
"""
