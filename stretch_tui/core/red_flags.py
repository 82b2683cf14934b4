"""When not to stretch; drawn from published reading, no medical advice."""

RED_FLAGS_LEAD = (
    "Stop and see a clinician first if you were injured, or if you notice any of these:"
)
RED_FLAGS = (
    "fever, unexplained weight loss, a history of cancer",
    "pain that never lets up, that gets worse, or that wakes you at night",
    "numbness, weakness, clumsy hands, an unsteady walk",
    "trouble holding bladder or bowels",
    "an electric shock down the back when the neck bends",
    "a new, severe headache",
    "dizziness, fainting, double vision, slurred speech, trouble swallowing",
)
RED_FLAGS_TAIL = (
    "Go to tightness, never into pain, and not right before lifting weights. Taken from"
    " published reading; this is not medical advice."
)
