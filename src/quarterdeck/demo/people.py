"""Names for people, by where their families came from. A first name goes with a last name of the same line."""

# Each line: how often, first names, last names.
FAMILIES: tuple[tuple[int, tuple[str, ...], tuple[str, ...]], ...] = (
    (
        9,
        (
            "Abigail", "Alan", "Allison", "Andrew", "Beth", "Brian", "Caleb", "Caroline", "Craig", "Deborah",
            "Derek", "Diane", "Eleanor", "Eric", "Faith", "Gail", "Grant", "Hannah", "Heather", "Ian",
            "Jeffrey", "Joanna", "Karen", "Keith", "Laurel", "Leah", "Martin", "Megan", "Nathan", "Nora",
            "Owen", "Paula", "Rachel", "Russell", "Sheila", "Spencer", "Tessa", "Trevor", "Wade", "Wendy",
        ),
        (
            "Abbott", "Barlow", "Beckett", "Brandt", "Calloway", "Chandler", "Crosby", "Dalton", "Ellery", "Fairbanks",
            "Garrity", "Hale", "Hargrove", "Holloway", "Ingram", "Keller", "Kimball", "Langford", "Lockhart", "Maddox",
            "Merrill", "Norwood", "Osborne", "Pruitt", "Ramsey", "Redfern", "Sheridan", "Stokes", "Tilden", "Underhill",
            "Vance", "Wakefield", "Weller", "Whitcomb", "Yarrow",
        ),
    ),
    (
        8,
        (
            "Adriana", "Alejandro", "Beatriz", "Carlos", "Cecilia", "Daniela", "Diego", "Elena", "Esteban", "Fernanda",
            "Graciela", "Héctor", "Inés", "Javier", "Leticia", "Lucía", "Manuel", "María José", "Marina", "Miguel",
            "Octavio", "Paloma", "Rafael", "Rosalía", "Sergio", "Silvia", "Tomás", "Verónica", "Ximena", "Yolanda",
        ),
        (
            "Aguirre", "Arredondo", "Bustamante", "Castañeda", "Cordero", "Delgado", "Escalante", "Fuentes", "Galindo",
            "Herrera", "Ibarra", "Leyva", "Marrufo", "Montaño", "Núñez", "Ochoa", "Peralta", "Quintero", "Robledo",
            "Salcido", "Tapia", "Urrea", "Valenzuela", "Yáñez", "Zamora",
        ),
    ),
    (
        2,
        ("Aaron", "Bernadette", "Delmar", "Geraldine", "Lorenzo", "Melvina", "Raymond", "Shirley", "Verna", "Wilson"),
        ("Antone", "Begay", "Etsitty", "Francisco", "Lewis", "Nez", "Norris", "Tsosie", "Yazzie"),
    ),
    (
        2,
        ("Aiko", "Akira", "Emi", "Hana", "Kenji", "Mariko", "Naomi", "Takeshi", "Yuki"),
        ("Fujimoto", "Hayashi", "Kimura", "Morita", "Nakano", "Okada", "Shimizu", "Uchida"),
    ),
    (
        2,
        ("Hương", "Khánh", "Lan", "Linh", "Minh", "Quang", "Thảo", "Tuấn"),
        ("Đặng", "Hoàng", "Lê", "Nguyễn", "Phạm", "Trần", "Võ"),
    ),
    (
        2,
        ("Chia-Ling", "Hui", "Jian", "Mei", "Wei", "Xin", "Yan", "Zhi"),
        ("Chen", "Guo", "Huang", "Liang", "Lin", "Shen", "Tang", "Xu", "Zhang"),
    ),
    (
        3,
        (
            "Aditi", "Anil", "Deepa", "Farah", "Imran", "Kavita", "Lakshmi", "Naveen", "Padma", "Rohit", "Sanjay",
            "Shreya", "Vikram", "Zainab",
        ),
        (
            "Banerjee", "Chaudhry", "Deshpande", "Iyer", "Kapoor", "Malik", "Menon", "Patel", "Qureshi", "Rao",
            "Siddiqui", "Venkataraman",
        ),
    ),
    (
        2,
        ("Amara", "Chidi", "Folake", "Ifeoma", "Kwame", "Ngozi", "Obinna", "Tendai", "Yaa"),
        ("Adeyemi", "Boateng", "Chukwu", "Danquah", "Eze", "Mensah", "Moyo", "Okafor"),
    ),
    (
        2,
        ("Amir", "Dalia", "Hassan", "Karim", "Leila", "Nadia", "Omar", "Rania", "Samir", "Yasmin"),
        ("Al-Khatib", "Ansari", "Darwish", "El-Sayed", "Haddad", "Khoury", "Mansour", "Nasser", "Saleh"),
    ),
    (
        3,
        (
            "Agnieszka", "Björn", "Dmitri", "Franziska", "Giulia", "Ingrid", "Jürgen", "Katarzyna", "Lars", "Ludmila",
            "Marek", "Matteo", "Oksana", "Siobhán", "Søren", "Zoltán",
        ),
        (
            "Åkesson", "Bianchi", "Dvořák", "Fitzgerald", "Horváth", "Jankowski", "Kovalenko", "Lindholm", "Müller",
            "O'Shea", "Petrov", "Rossi", "Schäfer", "Szymański", "Vogel",
        ),
    ),
    (
        3,
        (
            "Alicia", "Andre", "Brianna", "Darius", "Ebony", "Isaiah", "Jasmine", "Jerome", "Latoya", "Malik",
            "Monique", "Terrence", "Tiana", "Vernon",
        ),
        (
            "Baptiste", "Broussard", "Coleman", "Dorsey", "Gaines", "Hightower", "Jefferson", "Mayfield", "Pettway",
            "Rollins", "Toussaint", "Whitfield",
        ),
    ),
)  # fmt: skip
