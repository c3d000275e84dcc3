"""What a clinic's day consists of, as frozen values."""

from maroom.visits.model.board import BannerFacts, Board, BoardRow, SameName
from maroom.visits.model.chart import (
    Allergies,
    Allergy,
    AllergyStatus,
    Appointment,
    Chart,
    Condition,
    Medicine,
    NewAllergy,
    NewOrder,
    Notice,
    Order,
    PastObservation,
    When,
)
from maroom.visits.model.person import NewPatient, Patient, PatientCard, Sex
from maroom.visits.model.room import RoomNow, RoomState
from maroom.visits.model.visit import HERE, OVER, Move, Step, Visit, VisitStatus

__all__ = [
    "HERE", "OVER", "Allergies", "Allergy", "AllergyStatus", "Appointment", "BannerFacts", "Board", "BoardRow", "Chart",
    "Condition", "Medicine", "Move", "NewAllergy", "NewOrder", "NewPatient", "Notice", "Order", "PastObservation", "Patient",
    "PatientCard", "RoomNow", "RoomState", "SameName", "Sex", "Step", "Visit", "VisitStatus", "When",
]  # fmt: skip
